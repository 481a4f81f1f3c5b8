DROP TABLE job_facets;
