package records

import (
	"fmt"
	"strings"
	"time"
)

// What the seeded names are made of. Some hold characters that clients have to
// escape or encode.
var (
	companies  = []string{"Northwind", "Harbor & Sons", "Summit", "Zürich", "Granite"}
	trades     = []string{"Logistics", "Foods", "Energy", "Textiles", "Systems"}
	givenNames = []string{
		"Ada", "Ben", "Chloë", "David", "Eva", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Liam", "Mona", "Nils", "Olga",
		"Paul", "Quinn", "Rosa", "Sami", "Tara", "Ugo", "Vera", "Will", "Xenia", "Yann", "Zoe", "Amir", "Bela", "Cleo", "Dario",
	}
	familyNames = []string{
		"Adler", "Brandt", "Costa", "Dubois", "Evans", "Fischer", "García", "Hansen",
		"Ito", "Jensen", "Kowalski", "Lopez", "Meyer", "Novak", "O'Neil",
	}
	cities = []string{"Berlin", "Lyon", "Porto", "Oslo", "Kraków"}
	stages = []string{"Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"}
)

// opportunities is how many are seeded; accounts and contacts are all combinations of names.
const opportunities = 50

// founded is when the org and its first records were made.
var founded = time.Date(2025, 1, 6, 9, 0, 0, 0, time.UTC)

// seedStandard adds the rows of Account, Contact and Opportunity, owned by the user.
func (t *tables) seedStandard(owner any) {
	for i := range len(companies) * len(trades) {
		t.add("Account", owner, account(i), i)
	}
	for i := range len(givenNames) * len(familyNames) {
		t.add("Contact", owner, t.contact(i), i)
	}
	for i := range opportunities {
		t.add("Opportunity", owner, t.opportunity(i), i)
	}
}

func account(i int) Row {
	return Row{
		"Name": companies[i/len(trades)] + " " + trades[i%len(trades)], "Type": "Customer - Direct",
		"BillingStreet": fmt.Sprintf("%d Main Street", 10+i), "BillingCity": cities[i%len(cities)],
		"Phone": fmt.Sprintf("+49 30 5550%02d", i), "Website": fmt.Sprintf("https://www.customer%02d.example", i),
		"AccountNumber": fmt.Sprintf("AC-%04d", i+1), "Industry": trades[i%len(trades)],
		"AnnualRevenue": float64(250_000 * (i + 1)), "NumberOfEmployees": int64(12 * (i + 1)),
		"ExternalId__c": fmt.Sprintf("account-%d", i+1),
	}
}

func (t *tables) contact(i int) Row {
	given, family := givenNames[i%len(givenNames)], familyNames[i/len(givenNames)]
	accounts := len(companies) * len(trades)
	return Row{
		"AccountId": t.id("Account", i%accounts), "FirstName": given, "LastName": family, "Name": given + " " + family,
		"Email": fmt.Sprintf("contact%03d@customer%02d.example", i, i%accounts), "Phone": fmt.Sprintf("+49 30 555%03d", i),
		"Title": "Purchasing Manager", "Department": "Purchasing", "MailingCity": cities[i%len(cities)],
		"HasOptedOutOfEmail": i%10 == 9, "ExternalId__c": fmt.Sprintf("contact-%d", i+1),
	}
}

func (t *tables) opportunity(i int) Row {
	stage := stages[i%len(stages)]
	return Row{
		"AccountId": t.id("Account", i%25), "Name": fmt.Sprintf("Renewal %03d", i+1), "StageName": stage,
		"Amount": float64(5_000 + 750*i), "Probability": float64(10 * (i%len(stages) + 1)),
		"CloseDate": founded.Truncate(24*time.Hour).AddDate(0, 0, 7*i),
		"IsClosed":  strings.HasPrefix(stage, "Closed"), "IsWon": stage == "Closed Won",
		"ExternalId__c": fmt.Sprintf("opportunity-%d", i+1),
	}
}
