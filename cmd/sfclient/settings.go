package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// setting is one thing that can be configured, by environment variable or flag; the flag wins.
type setting struct {
	flag  string // without dashes; empty where the command line must not carry the value
	env   string
	field string // the name of the same thing in package flows, for its errors and hints
	help  string
	isOn  bool // a switch without a value
	own   bool // belongs to one org: the second org of two-orgs has its own, by the variable with secondSuffix
}

// allSettings is the whole configuration, in the order in which --help explains it.
var allSettings = []setting{
	{flag: "login-url", env: "SF_LOGIN_URL", field: "LoginURL", help: "the org's My Domain URL, https://<MyDomain>.my.salesforce.com", own: true},
	{flag: "flow", env: "SF_FLOW", help: "client-credentials or jwt-bearer; default: by what is set, a secret before a key", own: true},
	{flag: "client-id", env: "SF_CLIENT_ID", field: "ClientID", help: "the app's Consumer Key", own: true},
	{env: "SF_CLIENT_SECRET", field: "ClientSecret", help: "the app's Consumer Secret", own: true},
	{flag: "client-secret-file", env: "SF_CLIENT_SECRET_FILE", help: "file that holds the Consumer Secret, read again after a rotation", own: true},
	{flag: "credentials-file", env: "SF_CREDENTIALS_FILE", help: "file with SF_CLIENT_ID= and SF_CLIENT_SECRET= lines, read again after a rotation", own: true},
	{flag: "auth-style", env: "SF_AUTH_STYLE", field: "AuthStyle", help: "basic or body: where the Consumer Secret is sent; default basic"},
	{flag: "username", env: "SF_USERNAME", field: "Username", help: "jwt-bearer: the Salesforce user name to act for", own: true},
	{flag: "private-key-file", env: "SF_PRIVATE_KEY_FILE", field: "PrivateKey", help: "jwt-bearer: RSA private key (PEM), read again after a rotation; a certificate may stand beside it", own: true},
	{flag: "certificate-file", env: "SF_CERTIFICATE_FILE", field: "Certificate", help: "jwt-bearer: the uploaded certificate, to check the key and warn of its end", own: true},
	{flag: "audience", env: "SF_AUDIENCE", field: "Audience", help: "jwt-bearer: aud; default: the login URL", own: true},
	{flag: "ca-file", env: "SF_CA_FILE", help: "additional trusted certificate authorities (PEM)"},
	{flag: "api-version", env: "SF_API_VERSION", field: "APIVersion", help: "API version; default " + defaultAPIVersion},
	{flag: "instance-url", env: "SF_INSTANCE_URL", help: "a host outside Salesforce's domains that the org's instance_url may name", own: true},
	{flag: "allowed-hosts", env: "SF_ALLOWED_HOSTS", field: "AllowedHosts", help: "more such hosts, separated by commas; a port binds; on loopback they shut out all other ports"},
	{flag: "allow-loopback-http", env: "SF_ALLOW_LOOPBACK_HTTP", field: "AllowLoopbackHTTP", help: "take http:// for loopback addresses, against a fake", isOn: true},
	{flag: "org-id", env: "SF_ORG_ID", field: "ExpectedOrgID", help: "refuse a token of any other org (00D...)", own: true},
	{flag: "session-timeout", env: "SF_SESSION_TIMEOUT", field: "SessionTimeout", help: "the org's session time-out, to log in again before it, for example 2h"},
	{flag: "propagation-wait", env: "SF_PROPAGATION_WAIT", field: "PropagationWait", help: "how long to wait for a new app to be known everywhere, for example 10m"},
	{flag: "timeout", env: "SF_TIMEOUT", field: "Timeout", help: "for one request and its answer; default 30s"},
	{flag: "retry-delay", env: "SF_RETRY_DELAY", field: "Retry.FirstDelay", help: "wait before the first retry of a transient failure; it doubles; default 1s"},
	{flag: "retry-budget", env: "SF_RETRY_BUDGET", field: "Retry.Budget", help: "time after which retrying ends; default 1m"},
	{flag: "verify-signature", env: "SF_VERIFY_SIGNATURE", help: "refuse a token answer without a good signature (client-credentials)", isOn: true},
	{flag: "batch-size", env: "SF_BATCH_SIZE", field: "QueryBatch", help: "query: records a page, 200 to 2000; default: the org's choice, 200 for the default query"},
	{flag: "external-id-field", env: "SF_EXTERNAL_ID_FIELD", help: "write: Account's field to upsert by; default " + defaultExternalIDField},
	{flag: "pause", env: "SF_PAUSE", help: "twice-with-pause: the longest pause; default 2s"},
	{flag: "interval", env: "SF_INTERVAL", help: "run-until-killed: the time between calls; default 1s"},
	{flag: "verbose", env: "SF_VERBOSE", help: "print each request's method, URL without query, status and time", isOn: true},
	{flag: "json", help: "print JSON", isOn: true},
	{flag: "show-token", help: "token: print the access token itself, too", isOn: true},
	{flag: "help", help: "print this text", isOn: true},
	{flag: "version", help: "print the version", isOn: true},
}

// settings are the values in force, by flag name or, where there is no flag, by variable.
type settings struct {
	values map[string]string
	words  []string // what is neither flag nor value: the operation and its argument
	env    func(string) string
}

func (s setting) key() string {
	if s.flag != "" {
		return s.flag
	}
	return s.env
}

// label names a setting the way its user set it or would set it.
func (s setting) label() string {
	switch {
	case s.env == "":
		return "--" + s.flag
	case s.flag == "":
		return s.env
	}
	return s.env + " (--" + s.flag + ")"
}

func parseSettings(args []string, env func(string) string) (*settings, error) {
	parsed := &settings{values: map[string]string{}, env: env}
	for _, s := range allSettings {
		if s.env != "" {
			parsed.values[s.key()] = env(s.env)
		}
	}
	if err := parsed.parseFlags(args); err != nil {
		return nil, err
	}
	if len(parsed.words) > 0 && parsed.words[0] == "help" {
		parsed.values["help"] = "true"
	}
	return parsed, parsed.checkSwitches()
}

// parseFlags takes flags before and after the operation alike.
func (s *settings) parseFlags(args []string) error {
	set := flag.NewFlagSet("sfclient", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, known := range allSettings {
		keep := func(value string) error { s.values[known.key()] = value; return nil }
		switch {
		case known.isOn:
			set.BoolFunc(known.flag, known.help, keep)
		case known.flag != "":
			set.Func(known.flag, known.help, keep)
		}
	}
	for len(args) > 0 {
		err := set.Parse(args)
		if errors.Is(err, flag.ErrHelp) { // -h
			s.values["help"] = "true"
			return nil
		}
		if err != nil {
			return flagError(err)
		}
		if args = set.Args(); len(args) > 0 {
			s.words, args = append(s.words, args[0]), args[1:]
		}
	}
	return nil
}

// flagError rewrites the flag package's error, which for an unknown flag names it but not its value.
func flagError(err error) error {
	name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !unknown {
		return usageError{err.Error(), "see sfclient --help"}
	}
	name = strings.TrimLeft(name, "-")
	for _, word := range []string{"secret", "password", "token", "key"} {
		if strings.Contains(name, word) {
			return usageError{fmt.Sprintf("unknown flag --%s", name), "secrets are never taken from the command line, where every process can read them: " +
				"set SF_CLIENT_SECRET, or name a file with --client-secret-file or --private-key-file"}
		}
	}
	return usageError{fmt.Sprintf("unknown flag --%s", name), suggest(name, flagNames(), "--")}
}

func flagNames() []string {
	var names []string
	for _, s := range allSettings {
		if s.flag != "" {
			names = append(names, s.flag)
		}
	}
	return names
}

func (s *settings) checkSwitches() error {
	for _, known := range allSettings {
		if value := s.values[known.key()]; known.isOn && value != "" {
			if _, err := strconv.ParseBool(value); err != nil {
				return usageError{fmt.Sprintf("%s is %q", known.label(), value), "use true or false"}
			}
		}
	}
	return nil
}

func (s *settings) get(key string) string { return s.values[key] }

func (s *settings) isOn(key string) bool {
	on, _ := strconv.ParseBool(s.values[key])
	return on
}

// duration returns the fallback where nothing is set.
func (s *settings) duration(key string, fallback time.Duration) (time.Duration, error) {
	value := strings.TrimSpace(s.values[key])
	if value == "" {
		return fallback, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		return 0, usageError{fmt.Sprintf("%s is %q", labelOf(key), value), "write it with a unit, for example 30s, 10m or 2h"}
	}
	return d, nil
}

func labelOf(key string) string {
	for _, s := range allSettings {
		if s.key() == key {
			return s.label()
		}
	}
	return key
}

// fieldNames replaces the library's names of settings in a text by those of this program.
func fieldNames(text string) string {
	var pairs []string
	for _, s := range allSettings {
		if s.field != "" {
			name := s.env
			if name == "SF_CLIENT_SECRET" {
				name = "SF_CLIENT_SECRET or SF_CLIENT_SECRET_FILE"
			}
			pairs = append(pairs, s.field, name)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// count reads a whole number within bounds; the fallback is for nothing at all.
func count(label, value string, fallback, least, most int) (int, error) {
	if value = strings.TrimSpace(value); value == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most {
		return 0, usageError{fmt.Sprintf("%s is %q", label, value), fmt.Sprintf("use a whole number from %d to %d", least, most)}
	}
	return n, nil
}

// trimFile drops the byte order mark that some editors put at the beginning of a file.
func trimFile(content []byte) []byte { return bytes.TrimPrefix(content, []byte("\ufeff")) }
