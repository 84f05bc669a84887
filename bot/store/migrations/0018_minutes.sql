-- Minutes, what was decided, and who does what by when.
SELECT 1;
