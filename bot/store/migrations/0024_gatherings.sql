-- Training, gatherings and guidance of coordinators.
SELECT 1;
