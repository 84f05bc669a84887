-- Life phases and the transitions between them.
SELECT 1;
