-- Cases that close, messages in a circle, and what stops all sending.
SELECT 1;
