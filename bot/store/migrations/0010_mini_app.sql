-- What has been handed over from the page opened inside Telegram, so that nothing works twice.
SELECT 1;
