# Short texts, a third of them dropped. Truth: the virtual machine's own counts.
kept = Array.new(300_000) { |i| "text #{i}" }
100_000.times { |i| kept[i] = nil }
GC.start
count = ObjectSpace.count_objects
used = count[:TOTAL] - count[:FREE]
$stdout.write("truth slots=#{count[:TOTAL]}\ntruth used.slots=#{used}\nready\n")
$stdout.flush
sleep 600
