-- What leaves by e-mail, and the links by which it is answered.
SELECT 1;
