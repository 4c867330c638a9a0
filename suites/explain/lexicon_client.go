package explain

// clientSayings are what client libraries say by themselves.
var clientSayings = []saying{
	{"local:arguments", []string{
		"You must provide login information or an instance and token", "missing 1 required positional argument", "missing 2 required positional argument", "Missing required flag", "Missing required argument",
		"got multiple values for argument", "Both 'sandbox' and 'domain' arguments were supplied", "mutually exclusive", "takes no arguments", "positional arguments but", "positional argument but", "takes from 1 to",
		"Either one of", "is a required parameter", "is a required option", "Required parameter", "ArgumentError", "ArgumentNullException", "Value cannot be null",
		"Too few arguments", "Expected --jwt-key-file", "Nonexistent flag", "must specify either", "missing keyword", "must not be null", "is required but was not",
		"expects parameter", "must be an instance of", "missing required property", "Required option", "Missing required client",
		"Missing value for required", "must be set when using", "IllegalArgumentException", "invalid keyword argument", "is not a valid argument",
	}},
	{"local:unexpected-argument", []string{"got an unexpected keyword argument", "unexpected keyword argument", "unknown keyword", "Unrecognized option", "unknown option", "unknown flag", "does not accept option", "is not a recognized parameter"}},
	{"local:flow-unknown", []string{
		"is not a sf command", "is not a sfdx command", "unsupported authentication type", "unsupported auth type", "authentication method is not supported",
		"does not support client credentials", "does not support the client credentials", "client credentials is not supported", "client_credentials is not supported", "does not support jwt", "jwt is not supported", "No such auth", "Unknown authentication", "not supported by this connector",
		"auth type is not supported", "unsupported authentication method", "only username and password", "only supports username", "upgrade to version", "authentication mechanism not supported", "has no attribute 'client_credentials", "is not supported by this version", "unknown auth method",
	}},
	{"local:no-scheme", []string{
		"No schema supplied", "No scheme supplied", "MissingSchema", "unsupported protocol scheme", "URI is not absolute", "Only absolute URLs are supported", "Only absolute urls", "no protocol:", "URI does not specify a valid host name",
		"MalformedURLException", "Invalid URI: The format of the URI could not be determined", "must be absolute", "UnsupportedProtocol", "missing an 'http://' or 'https://' protocol", "no protocol scheme", "URI with undefined scheme", "bad URI(is not URI?)", "Expected URL scheme",
		"missing protocol scheme", "first path segment in URL cannot contain colon", "no scheme", "Target host is not specified", "URL scheme must be", "invalid URI scheme", "An invalid request URI was provided", "Protocol not supported", "unsupported scheme",
	}},
	{"local:plain-http", []string{"App Transport Security", "CLEARTEXT communication", "cleartext traffic", "cleartext not permitted", "Mixed Content", "insecure http", "plain http", "HTTPS is required", "only https", "must use https"}},
	{"local:invalid-url", []string{"ERR_INVALID_URL", "TypeError: Invalid URL", "Invalid URL", "InvalidURL", "Failed to parse URL", "URISyntaxException", "Bad URL", "invalid character in host", "Failed to construct 'URL'", "UriFormatException", "URI::InvalidURIError", "Port could not be cast", "Malformed URL", "URL using bad/illegal format"}},
	{"local:no-refresh-token", []string{
		"No refresh token found in the connection", "token expired and refresh token is not set", "refresh token is not set", "no refresh token", "refresh_token is missing", "missing refresh token", "refresh token is missing", "Missing required parameter: refresh_token", "refresh token not available",
		"refreshToken is undefined", "refresh_token: undefined", "without a refresh token", "refresh token is empty", "refresh_token=undefined", "refresh_token=null", "refresh_token=None", "A refresh token is not available", "no refresh_token", "refresh token is null", "refresh token was not", "refreshToken: null", "refresh_token => nil", "refresh_token not found", "refresh token cannot be",
		"The refresh token is not present", "doesn't have a refresh token", "does not have a refresh token", "not refreshable", "can not refreshed if a session id has been provided",
	}},
	{"local:swallowed", []string{
		"KeyError: 'access_token'", "KeyError: access_token", "Undefined index: access_token", "undefined array key access_token", "Cannot read property 'access_token' of undefined", "Cannot read properties of undefined (reading 'access_token')",
		"Cannot read properties of undefined (reading 'instance_url')", "JSONObject[\"access_token\"] not found", "No value for access_token", "access_token not found in response", "KeyError: 'instance_url'", "response did not contain an access token", "no access token in response",
		"server response missing access_token", "missing access_token", "access token missing in response", "Undefined property: stdClass::$access_token", "Trying to get property 'access_token'", "reading 'access_token'", "Parsing the token response failed",
		"did not return an access token", "KeyError: 'error_description'", "no access_token", "Property access_token does not exist", "has no attribute 'access_token'",
	}},
	{"local:null-deref", []string{
		"NullPointerException", "NullReferenceException", "Object reference not set to an instance of an object", "nil pointer dereference", "NoneType' object", "undefined method", "for nil:NilClass",
		"Cannot read property", "Cannot read properties of", "Cannot destructure", "member function on null", "array offset on value of type null", "Attempt to read property", "property of non-object",
		"unexpectedly found nil", "unwrap() on a None value", "is not iterable", "null is not an object", "undefined is not an object",
	}},
	{"local:not-json", []string{
		"JSONDecodeError", "Expecting value: line 1 column 1", "Unexpected token < in JSON", "Unexpected token '<'", "is not valid JSON", "Unexpected end of JSON input", "invalid character '<' looking for beginning of value", "JsonReaderException", "JsonParseException", "Unexpected character ('<'", "No JSON object could be decoded", "JSON::ParserError", "unexpected token at '<",
		"Unexpected character encountered while parsing value", "'<' is an invalid start of a value", "A JSONObject text must begin with '{'", "not a valid JSON", "MalformedJsonException", "Syntax error, malformed JSON", "Response was not JSON", "Expected BEGIN_OBJECT", "invalid json response body", "error decoding response body", "Unable to parse response",
	}},
	{"local:xml", []string{
		"not well-formed (invalid token)", "not well-formed", "ExpatError", "entity name must immediately follow the", "reference to entity", "SAXParseException", "XMLSyntaxError", "xmlParseEntityRef", "mismatched tag", "must end with the ';' delimiter", "invalid XML", "by the matching end-tag", "matching end tag", "must be followed by either attribute specifications", "well-formed character data", "XML document structures must start and end", "EntityRef: expecting", "Unescaped",
		"XML parse error", "An error occurred while parsing EntityName", "XmlException", "Opening and ending tag mismatch", "XML::Parser", "expected entity", "soapenv:Client", "invalid entity name",
	}},
	{"local:html", []string{"<!DOCTYPE html", "<html", "text/html", "returned HTML", "HTML instead of JSON", "got HTML", "HTML page"}},
	{"local:config-missing", []string{
		"KeyError: 'SF_", "KeyError: 'SALESFORCE_", "KeyError: 'SFDC_", "not set in your environment", "Could not resolve placeholder", "config file not found", "Unable to load configuration", "property not set", "config is missing",
		"NoSectionError", "key not found: \"SF", "key not found: \"SALESFORCE", "Missing environment", "is not defined in the environment", "failed to load .env", "No such file or directory: '.env'",
	}},
	{"local:already-refreshing", []string{"refresh in parallel", "concurrent refresh", "two workers", "several workers", "both workers", "at the same time", "parallel jobs", "simultaneously", "concurrently", "multiple pods", "multiple instances", "replicas"}},
	{"lib:simple-salesforce", []string{"simple_salesforce", "simple-salesforce", "SalesforceAuthenticationFailed", "SalesforceLogin("}},
	{"lib:soap-login", []string{"services/Soap/u/", "services/Soap/c/", "urn:partner.soap.sforce.com", "urn:enterprise.soap.sforce.com", "sf:exceptionCode", "SforceService", "PartnerConnection", "LoginFault", "soapclient"}},
	{"lib:dotnet", []string{"System.Net", "Salesforce.Common", "HttpRequestException", "WebException"}},
}
