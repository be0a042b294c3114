/* Loads by libfyaml's generic values ('generic', 'dedup') or by its events ('events'). */
#include <string.h>

#include <libfyaml.h>
#include <libfyaml/libfyaml-generic.h>

#include "passes.h"

static const char *mode;
static const char *file;

static void generic(void)
{
	struct fy_generic_builder_cfg cfg;
	struct fy_generic_builder *builder;
	fy_generic value;

	memset(&cfg, 0, sizeof(cfg));
	cfg.flags = FYGBCF_SCHEMA_YAML1_2_CORE | (strcmp(mode, "dedup") == 0 ? FYGBCF_DEDUP_ENABLED : 0);
	builder = fy_generic_builder_create(&cfg);
	value = fy_gb_parse_file(builder, FYOPPF_DISABLE_DIRECTORY | FYOPPF_MULTI_DOCUMENT, file);
	if (fy_generic_is_invalid(value))
		exit(1);
	fy_generic_builder_destroy(builder);
}

static void events(void)
{
	struct fy_parse_cfg cfg;
	struct fy_parser *parser;
	struct fy_event *event;

	memset(&cfg, 0, sizeof(cfg));
	parser = fy_parser_create(&cfg);
	if (fy_parser_set_input_file(parser, file) != 0)
		exit(1);
	while ((event = fy_parser_parse(parser)))
		fy_parser_event_free(parser, event);
	if (fy_parser_get_stream_error(parser))
		exit(1);
	fy_parser_destroy(parser);
}

static double pass(void)
{
	double start = cpu_seconds();

	if (strcmp(mode, "events") == 0)
		events();
	else
		generic();
	return cpu_seconds() - start;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	mode = argv[1];
	file = argv[2];
	return measure(argc, pass);
}
