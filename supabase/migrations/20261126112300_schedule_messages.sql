-- What was edited or deleted 90 days ago goes.
select cron.schedule('purge-message-words', '52 4 * * *', 'select private.purge_message_words()');

-- Told on the coaches' pages.
select cron.schedule('refresh-answer-times', '22 * * * *', 'select private.refresh_answer_times()');
