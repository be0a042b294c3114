%% Binaries and lists in one process, every other one dropped. Truth: the allocators' own counts.
-module(heap).
-export([main/0]).

main() ->
  All = [{I, binary:copy(<<1, 2, 3, 4>>, 300), lists:seq(1, 20)} || I <- lists:seq(1, 60000)],
  Kept = [T || {I, _, _} = T <- All, I rem 2 =:= 0],
  Large = binary:copy(<<7>>, 20000000),
  erlang:garbage_collect(),
  receive after 300 -> ok end,
  Info = [I || A <- erlang:system_info(alloc_util_allocators), {instance, _, I} <- instances(A)],
  {Blocks, Carriers} = sum(Info, [mbcs, mbcs_pool], {0, 0}),
  {_, Single} = sum(Info, [sbcs], {0, 0}),
  io:format("truth blocks.used=~p~ntruth blocks.committed=~p~ntruth single.committed=~p~nready~n", [Blocks, Carriers, Single]),
  receive after 600000 -> {Kept, Large} end.

instances(Allocator) ->
  case erlang:system_info({allocator, Allocator}) of
    Known when is_list(Known) -> Known;
    _ -> []
  end.

sum(Info, Kinds, Zero) ->
  lists:foldl(fun(Of, {Blocks, Carriers}) ->
      {Blocks + lists:sum([element(2, Size) || {blocks, Types} <- Of, {_, Counts} <- Types, Size <- Counts, element(1, Size) =:= size]),
       Carriers + lists:sum([element(2, Size) || Size <- Of, element(1, Size) =:= carriers_size])}
    end, Zero, [Of || I <- Info, Kind <- Kinds, {K, Of} <- I, K =:= Kind]).
