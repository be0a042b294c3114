vcl 4.1;

backend default {
  .host = "127.0.0.1";
  .port = "18081";
}

sub vcl_backend_response {
  if (beresp.http.Content-Type ~ "^text/html") {
    set beresp.do_esi = true;
  }
}
