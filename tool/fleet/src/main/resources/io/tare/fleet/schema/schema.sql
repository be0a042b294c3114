-- The tables of a fleet. The same text is read by DuckDB and by Spark. Bytes are BIGINT; NULL is not known, which is not zero.
-- t is seconds since 1970; day is a folder's name (day=2026-11-01), not a column of the files. New columns are added, none is renamed.

-- A process and a minute; in ledger_hour a process and an hour, with the same columns.
-- span_s: for how long the row stands. ledger_s: for how long its ledger (gross to the accounts) does; NULL where none was taken.
CREATE TABLE ledger (
  t BIGINT, span_s INT, ledger_s INT,
  cluster STRING, node STRING, ns STRING, service STRING, version STRING, pod STRING, container STRING, proc BIGINT,
  runtime STRING, limit_b BIGINT, request_b BIGINT, uptime_s INT, reason SMALLINT,
  rss BIGINT, rss_max BIGINT, ws BIGINT, swap BIGINT, threads INT, fds INT, cpu_ms INT,
  heap_used BIGINT, heap_committed BIGINT, heap_floor BIGINT, gcs INT, gc_ms INT,
  gross BIGINT, net BIGINT, unexplained BIGINT,
  a_heap_live BIGINT, a_heap_garbage BIGINT, a_heap_used BIGINT, a_heap_idle BIGINT, a_heap_unsplit BIGINT, a_heap_duplicate BIGINT,
  a_metaspace_class BIGINT, a_metaspace_nonclass BIGINT, a_code_cache BIGINT, a_code_segmap BIGINT, a_cds BIGINT, a_gc BIGINT, a_jvm_other BIGINT,
  a_stacks_java BIGINT, a_stacks_native BIGINT, a_stacks_cached BIGINT, a_malloc_used BIGINT, a_malloc_idle BIGINT, a_malloc_mmapped BIGINT,
  a_malloc_unsplit BIGINT, a_malloc_overhead BIGINT, a_go_heap BIGINT, a_go_idle BIGINT, a_go_unsplit BIGINT, a_go_stacks BIGINT,
  a_go_runtime BIGINT, a_python_arenas BIGINT, a_python_idle BIGINT, a_python_unsplit BIGINT, a_python_overhead BIGINT, a_v8_heap BIGINT,
  a_v8_idle BIGINT, a_v8_unsplit BIGINT, a_v8_code BIGINT, a_v8_overhead BIGINT, a_script_heap BIGINT, a_script_idle BIGINT,
  a_script_unsplit BIGINT, a_script_overhead BIGINT, a_script_code BIGINT, a_script_duplicate BIGINT, a_database_pool BIGINT, a_database_idle BIGINT, a_database_unsplit BIGINT,
  a_database_overhead BIGINT, a_dotnet_heap BIGINT, a_dotnet_idle BIGINT, a_dotnet_unsplit BIGINT, a_dotnet_code BIGINT,
  a_mapped BIGINT, a_mapped_dirty BIGINT, a_shared BIGINT,
  a_libraries BIGINT, a_libraries_data BIGINT, a_kernel BIGINT, a_anonymous BIGINT, a_anonymous_zero BIGINT,
  day DATE);

-- A process and a day. proc is 63 bits of a hash of boot, pid and start: the same in all files.
CREATE TABLE process (
  t BIGINT, last_t BIGINT, started_t BIGINT, cluster STRING, node STRING, ns STRING, service STRING, version STRING, pod STRING, container STRING, proc BIGINT,
  name STRING, pid BIGINT, pod_uid STRING, container_id STRING, image STRING, unit STRING,
  runtime STRING, runtime_version STRING, collector STRING, flags STRING, limit_b BIGINT, request_b BIGINT, day DATE);

-- kind: start, exit, signal, oom_kill, vanished, mark, capture.
CREATE TABLE event (
  t BIGINT, cluster STRING, node STRING, ns STRING, service STRING, version STRING, pod STRING, container STRING, proc BIGINT,
  kind STRING, code INT, words STRING, limit_b BIGINT, day DATE);

-- answer: yes, no, cannot-tell. confidence: high, medium, low, of a yes.
CREATE TABLE verdict (
  t BIGINT, cluster STRING, node STRING, ns STRING, service STRING, version STRING, pod STRING, container STRING, proc BIGINT,
  rule STRING, answer STRING, confidence STRING, day DATE);

CREATE TABLE remedy (
  t BIGINT, cluster STRING, node STRING, ns STRING, service STRING, version STRING, pod STRING, container STRING, proc BIGINT,
  action STRING, restart BOOLEAN, expected_b BIGINT, day DATE);

CREATE TABLE node_capacity (
  t BIGINT, cluster STRING, node STRING, memory_b BIGINT, allocatable_b BIGINT, day DATE);
