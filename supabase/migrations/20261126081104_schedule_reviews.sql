-- What waits for the other party longer than they have is shown; search learns what reviews come to.
select cron.schedule('publish-due-reviews', '*/5 * * * *', 'select private.publish_due_reviews()');
select cron.schedule('refresh-rating-prior', '37 4 * * *', 'select private.refresh_rating_prior()');
