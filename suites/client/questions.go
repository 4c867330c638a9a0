package client

import "github.com/sfconform/sfconform/fixtures"

// questions are asked of who runs a product whose screens, logs and files nothing else
// sees. Each is about what that person saw, a yes is always right, and {answers}, {host},
// {key} and {title} stand for what the scenario showed.
var questions = map[fixtures.RequirementID]string{
	"auth-trim-or-reject": "The Consumer Secret ended in a line break. Did the product log in all the same, " +
		"or say that something is wrong with the secret's form?",
	"api-preflight":    "When it started, did the product say as which user and in which org it is logged in?",
	"err-surface-both": "The org answered: {answers}. Can you read both the error and its description, word for word, on a screen, in a log or in a mail of the product?",
	"err-names-target": "The login was refused. Does the product's message name the host {host} and the beginning of the Consumer Key, {key}?",
	"err-fix-hint":     "The org answered: {answers}. Does the product's message say which setting is to be changed?",
	"err-status-variants": "The org answered: {answers}. " +
		"Did the product show each of these errors, and not try for ever?",
	"err-5xx-not-credentials": "Salesforce was not available ({answers}). Did the product call that an outage, without a word about wrong credentials?",
	"err-html-body":           "The org answered with a maintenance page. Did the product say so in short, without HTML and without an error of a parser?",
	"err-empty-body":          "The org answered without any text: {answers}. Did the product end with an error that names the status?",
	"err-api-array-and-object": "The API answered: {answers}. " +
		"Did the product show the text or the code of each of these errors?",
	"err-unknown-error-400": "The org asked to retry: {answers}. Did the product try again by itself, and in the end show this error or point to the login URL?",
	"err-propagation-wait": "The app was not known yet: {answers}. Did the product try again by itself for a while, " +
		"or say that a new app can take some minutes?",
	"err-dns":             "The host {host} does not exist. Did the product name that host, and stop?",
	"host-url-normalised": "{title} Did the product log in each time, or say clearly what is wrong with the URL?",
	"jwt-cert-expiry-notice": "The certificate is good for five more days. " +
		"Did the product say that it ends soon?",
	"jwt-clock-skew":             "The product's clock was far off: {answers}. Does its message lead to the clock?",
	"org-expected-id":            "The login answered for another org than before. Did the product notice, and say so?",
	"resp-scope-checked":         "The token lacked the scope api. Did the product say so?",
	"resp-wrong-site-page":       "Not Salesforce answered but some other site. Did the product say that this is not Salesforce?",
	"session-401-not-expiry":     "The API answered: {answers}. Did the product show each of these errors?",
	"session-reauth-error-shown": "The session ended, and the org answered: {answers}. Did the product show the error of the new login?",

	"cache-store-protected": "Where the product keeps tokens: may only its own user read them? (skip if it keeps none)",
	"secret-not-in-output":  "Look through the product's log. Is it free of Consumer Secret, private key, assertions and access tokens?",
	"secret-not-in-errors":  "Look at the errors that the product showed. Are they free of Consumer Secret, assertions and access tokens?",
	"secret-not-on-argv":    "Does the product get its secret in some other way than by the command line?",
	"secret-no-files-left":  "Look where the product keeps temporary files. Are they free of secrets and tokens?",
	"secret-no-http-cache":  "Is the product without an HTTP cache that keeps token answers on disk?",
}

// questionOf is the question about a requirement.
func questionOf(q *fixtures.Requirement) string {
	if own, has := questions[q.ID]; has {
		return own
	}
	return q.Statement + " Is it so, as far as you saw?"
}
