-- Hear of the ends that others wait for. For the one session of a process that is there for it.
LISTEN jobs_over;
