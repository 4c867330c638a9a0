package explain

// networkSayings are what runtimes, proxies and gateways say when a request does
// not arrive.
var networkSayings = []saying{
	{"dns:failed", []string{
		"getaddrinfo ENOTFOUND", "ENOTFOUND", "UnknownHostException", "Name or service not known", "nodename nor servname provided", "Could not resolve host",
		"no such host", "The remote name could not be resolved", "No such host is known", "Temporary failure in name resolution", "getaddrinfo failed",
		"Failed to resolve", "NameResolutionError", "SocketError: getaddrinfo", "EAI_NONAME", "NXDOMAIN", "server can't find", "ERR_NAME_NOT_RESOLVED",
		"name resolution failure", "DNS_PROBE_FINISHED_NXDOMAIN", "could not resolve proxy", "failed to lookup address information", "nodename nor servname",
		"php_network_getaddresses", "UnresolvedAddressException", "No address associated with hostname", "Name does not resolve", "gaierror",
		"could not be resolved", "DNS lookup failed", "dns error", "Non-existent domain", "host not found", "hostname could not be found", "The host is unknown",
	}},
	{"dns:temporary", []string{"EAI_AGAIN", "Temporary failure in name resolution", "SERVFAIL", "server misbehaving", "DNS request timed out", "name server", "could not resolve proxy", "i/o timeout lookup"}},
	{"net:refused", []string{
		"ECONNREFUSED", "Connection refused", "actively refused", "connect: connection refused", "Failed to connect to", "ERR_CONNECTION_REFUSED", "Couldn't connect to server",
	}},
	{"net:timeout", []string{
		"ETIMEDOUT", "ESOCKETTIMEDOUT", "Connection timed out", "connect timed out", "Read timed out", "ConnectTimeout", "ConnectTimeoutError", "connection timeout",
		"i/o timeout", "context deadline exceeded", "Client.Timeout exceeded", "TLS handshake timeout", "SocketTimeoutException", "UND_ERR_CONNECT_TIMEOUT",
		"Operation timed out", "operation has timed out", "connection attempt failed because the connected party did not properly respond", "timeout of", "HttpConnectTimeoutException",
		"Net::OpenTimeout", "execution expired", "request timed out", "ReadTimeoutError", "ERR_CONNECTION_TIMED_OUT", "cURL error 28", "curl: (28)", "TaskCanceledException",
		"Net::ReadTimeout", "Faraday::TimeoutError", "HeadersTimeoutError", "The request was canceled due to the configured HttpClient.Timeout",
	}},
	{"net:reset", []string{
		"ECONNRESET", "Connection reset", "socket hang up", "EPIPE", "broken pipe", "forcibly closed by the remote host", "RemoteDisconnected", "Connection aborted",
		"ERR_EMPTY_RESPONSE", "Empty reply from server", "Recv failure", "NoHttpResponseException", "other side closed", "ERR_CONNECTION_RESET",
		"Connection closed prematurely", "Client network socket disconnected before secure TLS connection was established", "Premature close",
	}},
	{"net:eof", []string{"unexpected EOF"}},
	{"net:unreachable", []string{
		"EHOSTUNREACH", "ENETUNREACH", "No route to host", "Network is unreachable", "NoRouteToHostException", "unreachable host", "Unable to connect to the remote server",
		"Failed to establish a new connection", "Failed to send request to", "EADDRNOTAVAIL", "fetch failed", "ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "Failed to open TCP connection",
	}},
	{"net:proxy", []string{
		"Proxy Authentication Required", "tunneling socket could not be established", "ProxyError", "Cannot connect to proxy", "Tunnel connection failed",
		"Unable to tunnel through proxy", "CONNECT tunnel failed", "Received HTTP code 407", "Received HTTP code 403 from proxy", "proxyconnect tcp", "ERR_PROXY_CONNECTION_FAILED",
		"ERR_TUNNEL_CONNECTION_FAILED", "proxy tunneling failed", "from proxy after CONNECT", "proxy server refuses", "Squid", "X-Squid-Error", "Access Denied (policy_denied)",
		"blocked by your administrator", "Web Page Blocked", "URL Filtering", "web proxy denied", "The proxy server received an invalid response", "HTTP/1.1 407", "407 Proxy",
		"This website is blocked", "content filter", "Your organization's policy", "captive portal", "ERR_ACCESS_DENIED", "Connection blocked by", "Internet access is blocked",
		"egress denied", "blocked by network policy", "fortiguard", "mcafee web gateway",
	}},
	{"net:gateway", []string{"502 Bad Gateway", "504 Gateway Time", "Bad Gateway", "Gateway Timeout", "upstream connect error", "no healthy upstream"}},
	{"net:unavailable", []string{
		"503 Service Unavailable", "503 Service Temporarily Unavailable", "Service Unavailable", "AkamaiNetStorage", "HTTP/1.1 503", "HTTP/2 503", "status code 503", "status: 503",
		"Status 503", "ERROR_HTTP_503", "HTTP 503", "response 503", "temporarily unavailable", "scheduled maintenance", "currently unavailable", "maintenance window",
		"site is under maintenance", "under maintenance", "Salesforce is unavailable", "instance refresh", "site switch", "read-only mode", "org migration",
	}},
	{"net:inspecting-proxy", []string{"zscaler", "netskope", "blue coat", "bluecoat", "fortinet", "palo alto", "forcepoint", "cisco umbrella", "sophos", "inspection", "MITM", "corporate proxy", "company proxy", "corporate CA", "corp proxy", "ssl inspection", "behind a proxy", "behind proxy"}},
	{"http:413-414", []string{"414 Request-URI Too", "414 URI Too Long", "Request-URI Too Large", "Request-URI Too Long", "URI Too Long", "413 Request Entity Too Large", "431 Request Header", "Request Header Fields Too Large", "URI length exceeds", "URL's length exceeds", "URL length exceeds", "URI's length exceeds", "URL is too long", "URL too long", "status code 414", "HTTP 414", "status 414", "URITooLong"}},
}
