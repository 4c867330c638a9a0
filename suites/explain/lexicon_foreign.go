package explain

// system is other software with a login of its own, by what only it says.
type system struct {
	name string
	// cloud is true for Salesforce's other products.
	cloud bool
	words []string
	// names are words that also stand in texts about something else.
	names []string
}

var systems = []system{
	{"Microsoft Entra ID", false, []string{"AADSTS", "login.microsoftonline.com", "login.windows.net", "graph.microsoft.com", "microsoft.identity", "MsalServiceException", "sts.windows.net"}, []string{"MSAL", "Azure AD", "Azure Active Directory", "dynamics.com"}},
	{"Google", false, []string{"oauth2.googleapis.com", "accounts.google.com", "developers.google.com", "googleapis.com", "google.auth", "google.api_core", "service account info", "Invalid JWT Signature", "Token has been expired or revoked", "google.oauth2", "Invalid JWT: Token must be a short-lived token"}, []string{"google-auth", "GaxiosError"}},
	{"Amazon Web Services", false, []string{"UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidClientTokenId", "AWS Access Key Id", "NoCredentialProviders", "AWS4-HMAC", "ExpiredTokenException", "AmazonServiceException"}, []string{"amazonaws.com", "botocore", "aws-sdk", "cognito-idp"}},
	{"GitHub", false, []string{"api.github.com", "bad_verification_code", "github.com/login/oauth", "Bad credentials"}, []string{"documentation_url"}},
	{"Keycloak", false, []string{"openid-connect/token", "Invalid user credentials", "Client not enabled to retrieve service account", "Invalid client or Invalid client credentials", "/auth/realms/", "/realms/"}, []string{"keycloak"}},
	{"Okta", false, []string{"okta.com", "The client secret supplied for a confidential client is invalid", "oktapreview"}, []string{"okta-emea.com"}},
	{"Auth0", false, []string{"auth0.com", "Wrong email or password", "access_denied\",\"error_description\":\"Unauthorized"}, nil},
	{"Oracle", false, []string{"ORA-", "TNS-", "TNS:"}, nil},
	{"Stripe", false, []string{"api.stripe.com", "Invalid API Key provided", "sk_live_", "sk_test_", "StripeError"}, nil},
	{"HubSpot", false, []string{"api.hubapi.com"}, []string{"hubspot"}},
	{"Slack", false, []string{"slack.com/api", "invalid_auth", "not_authed"}, []string{"slack_sdk"}},
	{"SAP", false, []string{"hana.ondemand.com", "XSUAA", "authentication.eu10"}, []string{"SAP NetWeaver"}},
	{"ServiceNow", false, []string{"service-now.com", "User Not Authenticated"}, nil},
	{"Snowflake", false, []string{"snowflakecomputing.com", "JWT token is invalid. [", "snowflake.connector"}, nil},
	{"Jira or Confluence", false, []string{"auth.atlassian.com", "atlassian.com"}, []string{"atlassian.net"}},
	{"a database", false, []string{"password authentication failed for user", "Access denied for user", "psql:", "SQLSTATE", "Login failed for user", "FATAL: password authentication failed", "MongoServerError", "ER_ACCESS_DENIED_ERROR", "NOAUTH Authentication required", "WRONGPASS", "ECONNREFUSED 127.0.0.1:5432", "ECONNREFUSED 127.0.0.1:6379", "PG::ConnectionBad"}, []string{"redis.exceptions"}},
	{"a mail server", false, []string{"535 5.7.8", "535-5.7.8", "SMTPAuthenticationError", "Username and Password not accepted", "535 Authentication", "535 5.7.3"}, []string{"smtp", "IMAP"}},
	{"a package registry or container registry", false, []string{"registry-1.docker.io", "npm ERR! code E401", "unauthorized: authentication required"}, []string{"registry.npmjs.org", "docker.io", "pypi.org", "ghcr.io", "ImagePullBackOff"}},
	{"SSH or git", false, []string{"Permission denied (publickey", "Host key verification failed", "fatal: Authentication failed for", "fatal: could not read Username"}, nil},
	{"Kubernetes", false, []string{"x509: certificate signed by unknown authority (possibly because of \"crypto/rsa", "kube-apiserver", "system:anonymous", "https://kubernetes.default"}, []string{"kubectl"}},
	{"Zendesk", false, []string{}, []string{"zendesk.com"}},
	{"Workday", false, []string{"workday.com", "myworkday"}, nil},
	{"NetSuite", false, []string{"netsuite.com", "INVALID_LOGIN_ATTEMPT"}, nil},
	{"Shopify", false, []string{"myshopify.com"}, nil},
	{"LinkedIn or Facebook", false, []string{"graph.facebook.com", "OAuthException", "api.linkedin.com", "fbtrace_id"}, nil},
	{"X or Twitter", false, []string{"api.twitter.com", "api.x.com"}, nil},
	{"QuickBooks", false, []string{"oauth.platform.intuit.com", "intuit.com"}, []string{"quickbooks"}},
	{"Xero", false, []string{"identity.xero.com", "api.xero.com"}, nil},
	{"Zoom", false, []string{"zoom.us", "Invalid access token, does not contain scopes"}, nil},
	{"DocuSign", false, []string{"docusign.com", "docusign.net", "consent_required"}, nil},
	{"Box or Dropbox", false, []string{"api.box.com", "api.dropboxapi.com"}, nil},
	{"LDAP", false, []string{"LDAP: error code", "ldap_bind", "data 52e", "AcceptSecurityContext"}, nil},
	{"Kerberos", false, []string{"KRB5", "GSSException"}, []string{"kinit", "krb5"}},
	{"a SAML identity provider", false, []string{"onelogin.com"}, []string{"pingidentity", "ping-federate"}},
	{"Marketing Cloud", true, []string{"marketingcloudapis.com", "exacttargetapis.com", "exacttarget.com", "FuelSDK", "Fuel SDK", "Marketing Cloud", "ET_Client", "SFMC", "ExactTarget", "requestToken", "Unable to validate App Keys", "API Key is not valid"}, nil},
	{"Commerce Cloud", true, []string{"demandware.com", "demandware.net", "commercecloud.salesforce.com", "Commerce Cloud", "sfcc-ci", "SFCC", "Account Manager", "dwsso", "OCAPI", "SLAS", "shopper/auth", "InvalidAccessTokenException", "B2C Commerce", "dw.json", "UnknownClientIdException", "dwsid", "commerce-sdk", "Business Manager"}, nil},
	{"Account Engagement (Pardot)", true, []string{"pi.pardot.com", "pi.demo.pardot.com", "pardot", "Pardot-Business-Unit-Id", "Account Engagement", "Invalid API key or user key", "access_token is invalid, unknown, or malformed"}, nil},
	{"MuleSoft Anypoint", true, []string{"anypoint.mulesoft.com"}, nil},
	{"Tableau", true, []string{"online.tableau.com"}, []string{"tableauserverclient", "Tableau Server"}},
}
