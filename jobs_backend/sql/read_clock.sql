-- The time by the one clock that counts.
SELECT clock_timestamp() AS now;
