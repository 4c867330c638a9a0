package explain

// system is other software with a login of its own, by what only it says.
type system struct {
	name string
	// cloud is true for Salesforce's other products.
	cloud bool
	words []string
}

var systems = []system{
	{"Microsoft Entra ID", false, []string{"AADSTS", "login.microsoftonline.com", "login.windows.net", "graph.microsoft.com", "microsoft.identity", "MsalServiceException", "MSAL", "sts.windows.net", "Azure AD", "Azure Active Directory", "dynamics.com"}},
	{"Google", false, []string{"oauth2.googleapis.com", "accounts.google.com", "googleapis.com", "google.auth", "google.api_core", "RefreshError", "service account info", "Invalid JWT Signature", "Token has been expired or revoked", "google-auth", "google.oauth2", "Invalid JWT: Token must be a short-lived token", "GaxiosError"}},
	{"Amazon Web Services", false, []string{"amazonaws.com", "botocore", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidClientTokenId", "NoCredentialProviders", "AWS4-HMAC", "aws-sdk", "cognito-idp", "ExpiredTokenException", "AmazonServiceException"}},
	{"GitHub", false, []string{"api.github.com", "bad_verification_code", "github.com/login/oauth", "Bad credentials", "documentation_url"}},
	{"Keycloak", false, []string{"keycloak", "openid-connect/token", "Invalid user credentials", "Client not enabled to retrieve service account", "Invalid client or Invalid client credentials", "/auth/realms/", "/realms/"}},
	{"Okta", false, []string{"okta.com", "okta-emea.com", "The client secret supplied for a confidential client is invalid", "oktapreview"}},
	{"Auth0", false, []string{"auth0.com", "Wrong email or password", "access_denied\",\"error_description\":\"Unauthorized"}},
	{"Oracle", false, []string{"ORA-", "TNS-", "TNS:"}},
	{"Stripe", false, []string{"api.stripe.com", "Invalid API Key provided", "sk_live_", "sk_test_", "StripeError"}},
	{"HubSpot", false, []string{"api.hubapi.com", "hubspot"}},
	{"Slack", false, []string{"slack.com/api", "invalid_auth", "not_authed", "slack_sdk"}},
	{"SAP", false, []string{"hana.ondemand.com", "XSUAA", "SAP NetWeaver", "authentication.eu10"}},
	{"ServiceNow", false, []string{"service-now.com", "User Not Authenticated"}},
	{"Snowflake", false, []string{"snowflakecomputing.com", "JWT token is invalid. [", "snowflake.connector"}},
	{"Jira or Confluence", false, []string{"atlassian.net", "auth.atlassian.com", "atlassian.com"}},
	{"a database", false, []string{"password authentication failed for user", "Access denied for user", "psql:", "SQLSTATE", "Login failed for user", "FATAL: password authentication failed", "MongoServerError", "ER_ACCESS_DENIED_ERROR", "redis.exceptions", "NOAUTH Authentication required", "WRONGPASS", "ECONNREFUSED 127.0.0.1:5432", "ECONNREFUSED 127.0.0.1:6379", "PG::ConnectionBad"}},
	{"a mail server", false, []string{"535 5.7.8", "535-5.7.8", "SMTPAuthenticationError", "Username and Password not accepted", "535 Authentication", "535 5.7.3", "smtp", "IMAP"}},
	{"a package registry or container registry", false, []string{"registry.npmjs.org", "docker.io", "registry-1.docker.io", "npm ERR! code E401", "pypi.org", "unauthorized: authentication required", "ghcr.io", "ImagePullBackOff"}},
	{"SSH or git", false, []string{"Permission denied (publickey", "Host key verification failed", "fatal: Authentication failed for", "fatal: could not read Username"}},
	{"Kubernetes", false, []string{"x509: certificate signed by unknown authority (possibly because of \"crypto/rsa", "kubectl", "kube-apiserver", "system:anonymous", "https://kubernetes.default"}},
	{"Zendesk", false, []string{"zendesk.com"}},
	{"Workday", false, []string{"workday.com", "myworkday"}},
	{"NetSuite", false, []string{"netsuite.com", "INVALID_LOGIN_ATTEMPT"}},
	{"Shopify", false, []string{"myshopify.com"}},
	{"LinkedIn or Facebook", false, []string{"graph.facebook.com", "OAuthException", "api.linkedin.com", "fbtrace_id"}},
	{"X or Twitter", false, []string{"api.twitter.com", "api.x.com"}},
	{"QuickBooks", false, []string{"quickbooks", "oauth.platform.intuit.com", "intuit.com"}},
	{"Xero", false, []string{"identity.xero.com", "api.xero.com"}},
	{"Zoom", false, []string{"zoom.us", "Invalid access token, does not contain scopes"}},
	{"DocuSign", false, []string{"docusign.com", "docusign.net", "consent_required"}},
	{"Box or Dropbox", false, []string{"api.box.com", "api.dropboxapi.com"}},
	{"LDAP", false, []string{"LDAP: error code", "ldap_bind", "data 52e", "AcceptSecurityContext"}},
	{"Kerberos", false, []string{"kinit", "KRB5", "GSSException", "krb5"}},
	{"a SAML identity provider", false, []string{"pingidentity", "ping-federate", "onelogin.com"}},
	{"Marketing Cloud", true, []string{"marketingcloudapis.com", "exacttargetapis.com", "exacttarget.com", "FuelSDK", "Fuel SDK", "Marketing Cloud", "ET_Client", "SFMC", "ExactTarget", "requestToken", "Unable to validate App Keys", "API Key is not valid"}},
	{"Commerce Cloud", true, []string{"demandware.com", "demandware.net", "commercecloud.salesforce.com", "Commerce Cloud", "sfcc-ci", "SFCC", "Account Manager", "dwsso", "OCAPI", "SLAS", "shopper/auth", "InvalidAccessTokenException", "B2C Commerce", "dw.json", "UnknownClientIdException", "dwsid", "commerce-sdk", "Business Manager"}},
	{"Account Engagement (Pardot)", true, []string{"pi.pardot.com", "pi.demo.pardot.com", "pardot", "Pardot-Business-Unit-Id", "Account Engagement", "Invalid API key or user key", "access_token is invalid, unknown, or malformed"}},
	{"MuleSoft Anypoint", true, []string{"anypoint.mulesoft.com"}},
	{"Tableau", true, []string{"online.tableau.com", "tableauserverclient", "Tableau Server"}},
}
