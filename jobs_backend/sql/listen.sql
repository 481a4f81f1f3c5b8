-- Planned anew each time, as it has no plan. Hear of the ends that others wait for. For the one session of a process that is there for it.
LISTEN jobs_over;
