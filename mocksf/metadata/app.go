package metadata

// App is one app: its files, joined by the names in them. A part that the project
// does not have is nil.
type App struct {
	// Name is the API name.
	Name string
	// Header is the .eca file; nil for a Connected App, and where parts name an
	// app that the project does not have.
	Header *Component
	// Global, OAuth, OAuthPolicies, Policies and Security are the files
	// .ecaGlblOauth, .ecaOauth, .ecaOauthPlcy, .ecaPlcy and .ecaOauthSecurity.
	Global, OAuth, OAuthPolicies, Policies, Security *Component
	// Connected is the .connectedApp file; nil for an External Client App.
	Connected *Component
	// Others are files that no login depends on, and second files of the kinds above.
	Others []*Component
}

// Parts are the app's files that the project has.
func (a *App) Parts() []*Component {
	var parts []*Component
	for _, c := range []*Component{a.Header, a.Global, a.OAuth, a.OAuthPolicies, a.Policies, a.Security, a.Connected} {
		if c != nil {
			parts = append(parts, c)
		}
	}
	return append(parts, a.Others...)
}

// First is the file by which to name the app: its header, or the first that there is.
func (a *App) First() *Component { return a.Parts()[0] }

// slot is where the app keeps the one file of the type; nil if it has none.
func (a *App) slot(typeName string) **Component {
	switch typeName {
	case "ExternalClientApplication":
		return &a.Header
	case "ExtlClntAppGlobalOauthSettings":
		return &a.Global
	case "ExtlClntAppOauthSettings":
		return &a.OAuth
	case "ExtlClntAppOauthConfigurablePolicies":
		return &a.OAuthPolicies
	case "ExtlClntAppConfigurablePolicies":
		return &a.Policies
	case "ExtlClntAppOauthSecuritySettings":
		return &a.Security
	case "ConnectedApp":
		return &a.Connected
	}
	return nil
}

// ClientCredentials says whether both halves of the flow's switch are on and a Run
// As user is named, or its one switch in a Connected App (facts: metadata.md sections 0.1, 2 and 10).
func (a *App) ClientCredentials() bool {
	if a.Connected != nil {
		return a.Connected.True("oauthConfig/isClientCredentialEnabled") && a.RunAs() != ""
	}
	return a.Global.True("isClientCredentialsFlowEnabled") && a.OAuthPolicies.True("isClientCredentialsFlowEnabled") && a.RunAs() != ""
}

// RunAs is the username of the execution user; empty if there is none.
func (a *App) RunAs() string {
	if a.Connected != nil {
		return a.Connected.Text("oauthConfig/oauthClientCredentialUser")
	}
	return a.OAuthPolicies.Text("clientCredentialsFlowUser")
}

// Certificate is the text of the JWT bearer flow's certificate; empty if there is none.
func (a *App) Certificate() string {
	if a.Connected != nil {
		return a.Connected.Text("oauthConfig/certificate")
	}
	return a.Global.Text("certificate")
}

// AdminApproved says whether Permitted Users is "Admin approved users are pre-authorized".
func (a *App) AdminApproved() bool {
	if a.Connected != nil {
		return a.Connected.True("oauthConfig/isAdminApproved")
	}
	return a.OAuthPolicies.Text("permittedUsersPolicyType") == "AdminApprovedPreAuthorized"
}

// Profiles are the names of the profiles that the app is assigned to.
func (a *App) Profiles() []string {
	if a.Connected != nil {
		return a.texts("profileName")
	}
	return a.OAuthPolicies.List("commaSeparatedProfile")
}

// PermissionSets are the API names, in a Connected App often the labels, of the
// permission sets that the app is assigned to (facts: metadata.md section 2).
func (a *App) PermissionSets() []string {
	if a.Connected != nil {
		return a.texts("permissionSetName")
	}
	return a.OAuthPolicies.List("commaSeparatedPermissionSet")
}

// Scopes are the OAuth scopes by their names in metadata.
func (a *App) Scopes() []string {
	if a.Connected == nil {
		return a.OAuth.List("commaSeparatedOauthScopes")
	}
	var scopes []string
	if config := a.Connected.Find("oauthConfig"); config != nil {
		for _, s := range config.All("scopes") {
			scopes = append(scopes, s.Value())
		}
	}
	return scopes
}

func (a *App) texts(name string) []string {
	var list []string
	for _, e := range a.Connected.All(name) {
		if text := e.Value(); text != "" {
			list = append(list, text)
		}
	}
	return list
}
