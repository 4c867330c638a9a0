package explain

import (
	"strings"
	"sync"
)

var (
	// loginCall is a call of a library that logs in by name and password.
	loginCall = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:new jsforce\.connection|conn(?:ection)?\.login|sf_auth|salesforce(?:login)?|restforce\.new|createconnection|\.authenticate|setusername|soapclient|mysforceconnection->login|sforce\w*\.login|login_with_password)\s*\(`)
	})
	// hostSetting is what such a call, or the code around it, is told the host by.
	hostSetting = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:login_?url|instance_?url|domain|environment|host|endpoint|auth_?endpoint|server_?url)["']?\s*(?:=>|[:=(])|setauthendpoint|setserviceendpoint|sandbox["']?\s*(?:=>|[:=])\s*true`)
	})
	// productionSetting is what libraries are told to log in at login.salesforce.com by.
	productionSetting = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:domain|environment|env|endpoint)["']?\s*(?:=>|[:=])\s*["']?(?:login|production|prod)\b|\b(?:is_?)?sandbox["']?\s*(?:=>|[:=])\s*["']?false`)
	})
	// aside is a remark in code, or what a person adds to it.
	aside = shapeOf(`(?m)(?:#|//)[^\n]*$`)
	urls  = shapeOf(`https?://[^\s"'<>)]*`)
)

// readDefaultHost notes a login that is shown with its code and told no host: the
// library takes login.salesforce.com then.
func (f *facts) readDefaultHost() {
	if m := productionSetting().FindStringIndex(f.p.lower); m != nil {
		f.add("host:login", m[0])
	}
	at := loginCall().FindStringIndex(f.p.lower)
	if at == nil || f.hasAny("token-at:test", "token-at:sandbox", "token-at:mydomain", "soap-at:test", "soap-at:sandbox", "soap-at:mydomain") {
		return
	}
	code := aside.ReplaceAllString(urls.ReplaceAllString(f.p.lower, ""), "")
	for _, c := range f.p.clauses() {
		if sandboxSetting().MatchString(c.words) && moodOf(c.words) == works {
			code = strings.ReplaceAll(code, c.words, "")
		}
	}
	if !hostSetting().MatchString(code) {
		f.add("host:default", at[0])
	}
}

// refusedLogin are signals of a login that Salesforce refused.
var refusedLogin = []signal{
	"wire:token-endpoint", "wire:soap-login-invalid", "said:INVALID_LOGIN", "code:invalid_grant", "code:invalid_client", "code:invalid_client_id", "code:app_not_found",
	"code:unsupported_grant_type", "wire:authorize-app-not-found", "wire:client-id-unknown", "alone:invalid_grant", "status:400",
}

// readRefusal notes that it is a login that failed, and no call behind it.
func (f *facts) readRefusal() {
	for _, s := range refusedLogin {
		if f.has(s) && len(f.at[s]) > 0 {
			f.add("login-refused", f.at[s][0])
			return
		}
	}
}
