package main

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/flows"
)

// pair is a Consumer Key and the Consumer Secret that belongs to it. They are only ever replaced together: a rotation
// changes both, and a mixed pair is refused.
type pair struct{ id, secret string }

func (s *settings) readPair() (pair, error) {
	id, secret, secretFile := s.get("client-id"), s.get("SF_CLIENT_SECRET"), s.get("client-secret-file")
	if path := s.get("credentials-file"); path != "" {
		if id+secret+secretFile != "" {
			return pair{}, usageError{
				labelOf("credentials-file") + " is set beside SF_CLIENT_ID, SF_CLIENT_SECRET or SF_CLIENT_SECRET_FILE",
				"unset one side: the pair has to come from one place",
			}
		}
		return readCredentialsFile(path)
	}
	if secretFile == "" {
		return pair{id, secret}, nil
	}
	content, err := readSmallFile("client-secret-file", secretFile)
	if err != nil {
		return pair{}, err
	}
	fromFile := strings.TrimSpace(string(content))
	if secret != "" && strings.TrimSpace(secret) != fromFile {
		return pair{}, usageError{"SF_CLIENT_SECRET and " + labelOf("client-secret-file") + " hold different secrets", "unset one of them"}
	}
	return pair{id, fromFile}, nil
}

// readCredentialsFile reads NAME=VALUE lines; export, quotes, blank lines and comments are as a shell would have them.
func readCredentialsFile(path string) (pair, error) {
	content, err := readSmallFile("credentials-file", path)
	if err != nil {
		return pair{}, err
	}
	var read pair
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "export "))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		switch {
		case !found:
			return pair{}, credentialsError(path, number, "is not NAME=VALUE", "write SF_CLIENT_ID=... and SF_CLIENT_SECRET=...")
		case name == "SF_CLIENT_ID":
			read.id = unquote(value)
		case name == "SF_CLIENT_SECRET":
			read.secret = unquote(value)
		default:
			// The name is not shown: in a file that holds the bare secret it is a part of it.
			return pair{}, credentialsError(path, number, "has an unknown name", suggest(name, []string{"SF_CLIENT_ID", "SF_CLIENT_SECRET"}, ""))
		}
	}
	return read, nil
}

func credentialsError(path string, line int, problem, fix string) error {
	return usageError{fmt.Sprintf("%s: line %d of %q %s", labelOf("credentials-file"), line, path, problem), fix}
}

func unquote(value string) string {
	value = strings.TrimSpace(value)
	if len(value) >= 2 && (value[0] == '"' || value[0] == '\'') && value[0] == value[len(value)-1] {
		return value[1 : len(value)-1]
	}
	return value
}

// readKey reads the signing key and, if there is one, the certificate that was uploaded to the app.
func (s *settings) readKey() (*flows.PrivateKey, error) {
	content, err := readSmallFile("private-key-file", s.get("private-key-file"))
	if err != nil {
		return nil, err
	}
	key, err := flows.ParsePrivateKey(content)
	if err != nil {
		return nil, err
	}
	path := s.get("certificate-file")
	if path == "" {
		return key, nil
	}
	if content, err = readSmallFile("certificate-file", path); err != nil {
		return nil, err
	}
	certificate, err := flows.ParseCertificate(content)
	if err != nil {
		return nil, err
	}
	return key.WithCertificate(certificate)
}
