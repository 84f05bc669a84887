-- What a person has agreed to share, with whom, for what, until when; and what was asked and taken back.
SELECT 1;
