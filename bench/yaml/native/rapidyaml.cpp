/* Loads by rapidyaml in place, into a new tree ('fresh'), one that is used again ('tree'), or integers ('ints'). Each pass reads the file. */
#include <cstring>
#include <vector>

#include <c4/yml/extra/event_handler_ints.hpp>
#include <c4/yml/parse.hpp>
#include <c4/yml/std/std.hpp>
#include <c4/yml/yml.hpp>

#include "passes.h"

namespace {

using namespace c4;
using Ints = yml::extra::EventHandlerInts;

const char *mode;
const char *file;
std::vector<char> source;

void read()
{
    FILE *in = fopen(file, "rb");
    if(!in || fseek(in, 0, SEEK_END) != 0)
        exit(1);
    source.resize(static_cast<size_t>(ftell(in)));
    rewind(in);
    if(fread(source.data(), 1, source.size(), in) != source.size())
        exit(1);
    fclose(in);
}

void fresh()
{
    yml::Tree tree = yml::parse_in_place("file", to_substr(source));
    if(tree.empty())
        exit(1);
}

void again()
{
    static yml::EventHandlerTree handler;
    static yml::Parser parser(&handler);
    static yml::Tree tree;
    tree.clear();
    tree.clear_arena();
    yml::parse_in_place(&parser, "file", to_substr(source), &tree);
    if(tree.empty())
        exit(1);
}

void ints()
{
    static Ints handler;
    static yml::ParseEngine<Ints> parser(&handler);
    static std::vector<int> events(static_cast<size_t>(yml::extra::estimate_events_ints_size(to_csubstr(source))));
    static std::vector<char> arena(source.size());
    handler.reset(to_substr(source), to_substr(arena), events.data(), static_cast<int>(events.size()));
    parser.parse_in_place_ev("file", to_substr(source));
    if(!handler.fits_buffers())
        exit(1);
}

double pass()
{
    double start = cpu_seconds();
    read();
    if(strcmp(mode, "fresh") == 0)
        fresh();
    else if(strcmp(mode, "tree") == 0)
        again();
    else
        ints();
    return cpu_seconds() - start;
}

} // namespace

int main(int argc, char **argv)
{
    if(argc < 3)
        return 2;
    mode = argv[1];
    file = argv[2];
    return measure(argc, pass);
}
