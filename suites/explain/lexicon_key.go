package explain

// keySayings are what crypto libraries say of a private key that they cannot read.
var keySayings = []saying{
	{"key:unreadable", []string{
		"PEM routines", "no start line", "PEM_read_bio", "bad base64 decode", "secretOrPrivateKey must be an asymmetric key", "secretOrPrivateKey has a minimum key size",
		"secretOrPrivateKey must have a value", "secretOrPrivateKey is not valid key material", "Could not deserialize key data", "Unable to load PEM file", "MalformedFraming", "Could not parse the provided public key",
		"InvalidKeySpecException", "InvalidKeyException", "Invalid PEM", "failed to parse PEM", "failed to decode PEM", "private key should be a PEM", "x509: failed to parse private key",
		"asn1: structure error", "asn1: syntax error", "tags don't match", "asn1 encoding routines", "wrong tag", "error:1E08010C", "DECODER routines::unsupported", "ERR_OSSL_UNSUPPORTED",
		"ERR_OSSL_PEM_NO_START_LINE", "ERR_OSSL_PEM_BAD_BASE64_DECODE", "Neither PUB key nor PRIV key", "OpenSSL::PKey::RSAError", "unable to load private key", "unable to load key",
		"Expecting: ANY PRIVATE KEY", "Password was not given but private key is encrypted", "bad decrypt", "bad password read", "private key is encrypted", "ERR_MISSING_PASSPHRASE",
		"Unable to parse your key", "It was not possible to parse your key", "parameter 1 is not a valid private key", "supplied key param cannot be coerced into a private key",
		"key must be PEM encoded", "not a valid private key", "No supported data to decode", "Could not load PEM client certificate", "ImportPkcs8PrivateKey", "ImportRSAPrivateKey",
		"No supported key formats were found", "Cannot find the requested object", "ASN1 corrupted data", "Illegal base64 character", "unable to decode key", "could not parse private key", "Key must be PEM",
		"invalid private key", "unexpected end of PEM", "parse private key", "read private key", "problem parsing the private key", "keystore was tampered with", "Keystore password was incorrect",
		"Invalid key format", "key format not recognised", "key format not recognized", "unsupported private key", "extra data at the end of PEM", "algid parse error, not a sequence", "DerInputStream.getLength", "error decoding private key",
		"nested asn1 error", "header too long", "pem object", "not enough data", "Unable to read private key", "ValueError: Could not unserialize key data", "Invalid JWT key", "unsupported key type", "ENOENT: no such file or directory, open 'server.key'",
	}},
	{"key:public", []string{"BEGIN CERTIFICATE", "BEGIN PUBLIC KEY", "BEGIN CERTIFICATE REQUEST"}},
	{"key:encrypted", []string{"BEGIN ENCRYPTED PRIVATE KEY", "Proc-Type: 4,ENCRYPTED", "private key is encrypted", "ERR_MISSING_PASSPHRASE", "bad decrypt"}},
	{"key:mismatch", []string{"key values mismatch", "X509_check_private_key", "private key does not match", "certificate and private key do not match", "Private key does not match the certificate"}},
}
