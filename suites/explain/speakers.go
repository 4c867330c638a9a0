package explain

import (
	"slices"
	"strings"
	"sync"
)

// speakers are products with a login of their own, by the one word of their name.
// Where a program of theirs speaks (its class raises the error, or its name begins
// the line) the error is theirs. The names alone say nothing: much of what is
// joined with Salesforce is named beside it.
var speakers = strings.Fields(`
	zoho netsuite twilio stripe hubspot shopify sendgrid mailchimp mailgun paypal braintree adyen squareup xero quickbooks intuit docusign dropbox
	okta auth0 keycloak pingfederate onelogin cyberark jira confluence atlassian bitbucket gitlab servicenow workday successfactors sapsf dynamics sharepoint
	snowflake databricks bigquery redshift postgres postgresql psycopg2 mysql mariadb mssql sqlserver oracledb mongodb pymongo redis cassandra elasticsearch opensearch
	clickhouse rabbitmq amqp mqtt activemq zendesk freshdesk intercom pipedrive airtable asana trello discord spotify twitter linkedin webex zoom
	sftp paramiko jsch smtplib nodemailer imaplib ldap vault consul nexus artifactory sonarqube dockerd containerd hashicorp splunkd magento woocommerce wordpress typo3
	sugarcrm suitecrm marketo eloqua klaviyo braze amplitude mixpanel segment surveymonkey typeform calendly contentful algolia datadog newrelic pagerduty grafana
	sasl zuora zoominfo chargebee recurly coupa ariba concur docebo cornerstone kronos ukg genesys five9 ringcentral aircall vonage messagebird outreach salesloft clearbit qualtrics medallia powerbi looker metabase smartsheet clickup figma egnyte
	openai anthropic huggingface azuread msal entra cognito firebase supabase bamboohr greenhouse gusto adp sage odoo`)

var speakerNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, name := range speakers {
		names[name] = true
	}
	return names
})

// readSpeakers finds products of others that raise the error themselves.
func (f *facts) readSpeakers(list []sentence) {
	failure := setOf([]notion{"failure"})
	for _, s := range list {
		if !s.holds.holdsAny(failure) && !f.statusNear(s.at) {
			continue
		}
		if name, at := f.speakerIn(s.at); name != "" {
			f.add("foreign", at)
			f.add("foreign:said", at)
			f.add("system:"+signal(name), at)
			return
		}
	}
}

// speakerIn is the product that speaks in the sentence at a place.
func (f *facts) speakerIn(start int) (string, int) {
	for at := start; at < len(f.p.text) && !f.p.ends(at); {
		word, size := nextWord(f.p.text[at:])
		if size > 0 && speakerNames()[word] && (at == start || f.partOfName(at, at+size)) {
			return word, at
		}
		at += max(size, 1)
	}
	return "", 0
}

// statusNear says whether the line has an HTTP status of a failure.
func (f *facts) statusNear(at int) bool {
	line := f.p.around(at)
	return slices.ContainsFunc([]signal{"status:400", "status:401", "status:403", "status:500"}, func(status signal) bool {
		return slices.ContainsFunc(f.at[status], line.holds)
	})
}

// partOfName says whether a word is part of the name of a class, a package or a
// host: something that joins names stands at it, or the next word begins with a
// capital at once.
func (f *facts) partOfName(from, to int) bool {
	joins := func(i int) bool {
		return i > 0 && i < len(f.p.text)-1 && strings.IndexByte(`.\_:-`, f.p.text[i]) >= 0 && isWord(f.p.lower[i+1]) && isWord(f.p.lower[i-1])
	}
	camel := to < len(f.p.text) && f.p.text[to] >= 'A' && f.p.text[to] <= 'Z'
	return camel || joins(from-1) || joins(to)
}
