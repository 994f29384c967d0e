-- Messages of the last weeks that sound as if payment moves off the platform, and who writes such often.
select * from admin.payment_hints limit 100;
