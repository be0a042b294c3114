<?php
// Texts of which every other one is dropped, and one larger than a chunk. Truth: PHP's own counts.
$kept = [];
for ($i = 0; $i < 100000; $i++) { $kept[] = str_repeat(chr(65 + $i % 26), 200); }
for ($i = 0; $i < 50000; $i++) { unset($kept[2 * $i]); }
$large = str_repeat('x', 5000000);
$used = memory_get_usage();
$real = memory_get_usage(true);
echo "truth used=$used\ntruth committed=$real\nready\n";
flush();
sleep(600);
