package explain

import "sync"

const (
	// madeThings are what an org gives out, or what lives in it.
	madeThings = `(?:tokens?|keys?|users?|usernames?|apps?|secrets?|credentials?|certificates?|logins?|consent|client[ _]?ids?|jeton|schlüssel|benutzer\w*|anwendung|clé|utilisateur|clave|usuario|chave|usuário)`
	// origins lead from a thing to where it comes from.
	origins = `(?:(?:was |were |is |are |has been |had been )?(?:made|created|issued|minted|obtained|generated|granted|authori[sz]ed|registered|retrieved|copied|taken|acquired|erstellt|ausgestellt|erzeugt|angelegt|créée?s?|émise?s?|cread[oa]s?|emitid[oa]s?|criad[oa]s?)\b[^.\n;]{0,40}?\b(?:from|in|at|on|by|against|aus|von|im|dans|depuis|sur|en|desde|em|no|na)|(?:comes?|came|stems?|stammt|kommt|vient|viene|vem)\b[^.\n;]{0,24}?\b(?:from|of|aus|von|vom|de|du|del|da)|belongs? to|(?:is|are|was|were) (?:of|from)|from|of|aus|depuis|desde|de la|du)`
	// approvals are of somebody who logs in by hand at a place.
	approvals = `\b(?:i|we|he|she|they|user|ich|wir|je|on|nous) (?:had |have )?(?:authori[sz]ed|approved|consented|logged in|signed in|autorisé|autorisiert)\b[^.\n;]{0,24}?\b(?:at|in|on|against|via|through|with|sur|dans|in der|im)`
	// toName is what stands between the word and the environment's name.
	toName       = ` (?:[\w'-]+ ){0,3}?["'` + "`" + `]?`
	sandboxes    = `(?:(?:https?://)?test\.salesforce\.com|(?:https?://)?[\w-]+--[\w.-]+\.my\.salesforce\.com|sandbox\w*|full[- ]copy|partial[- ]copy|uat\b|staging\b|scratch org)`
	productions  = `(?:(?:https?://)?login\.salesforce\.com|production\b|prod\b|produktion\w*|productivo|producción|produção|live org)`
	settingFalse = `\b(?:is_?)?sandbox["']?\s*(?:=>|[:=])\s*["']?(?:false|0|no)\b`
	settingTrue  = `\b(?:is_?)?sandbox["']?\s*(?:=>|[:=])\s*["']?(?:true|1|yes)\b`
)

// environment is where something was made, and what shows that it is used in the other one.
type environment struct {
	made  *shape
	used  *shape
	other signal
}

var environments = sync.OnceValue(func() []environment {
	madeIn := func(place string) *shape {
		return shapeOf(`\b` + madeThings + `\b[^.\n;]{0,24}?\b` + origins + toName + place + `|` + approvals + toName + place)
	}
	return []environment{
		{madeIn(sandboxes), shapeOf(productions + `|` + settingFalse), "env:sandbox-in-production"},
		{madeIn(productions), shapeOf(sandboxes + `|` + settingTrue), "env:production-in-sandbox"},
	}
})

// readEnvironments compares where a key, a token or a user is said to come from with
// where it is used.
func (f *facts) readEnvironments() {
	own := f.p.ownWords()
	for _, part := range passages(own) {
		for _, e := range environments() {
			m := e.made.FindStringIndex(part.words)
			if m == nil || denied.MatchString(part.words[m[0]:m[1]]) {
				continue
			}
			for _, used := range e.used.FindAllStringIndex(blank(e.made, part.words), 8) {
				if !praised.MatchString(part.words[max(0, used[0]-24):used[0]]) {
					f.add(e.other, part.start+m[0])
				}
			}
		}
	}
}

var (
	// denied takes back that a thing was made somewhere.
	denied = shapeOf(`\b(?:not|never|no|nicht|kein\w*|pas|jamais|nunca|não)\b|n't\b`)
	// praised stands before the environment in which all is well.
	praised = shapeOf(`(?:works?|fine|ok|okay|same (?:problem|error)) (?:\w+ )?(?:in|on|at|against) (?:the |our )?$|\b(?:not|no|never)\b[^.]{0,12}$`)
)
