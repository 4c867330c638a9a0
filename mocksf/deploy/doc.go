// Package deploy is the Metadata API of the fake org for app metadata: deploys that
// change the org as Salesforce would, and retrieves that show what the org has.
//
// A deploy is parsed (zip file and options), judged (package mocksf/metadata reads the
// files, the texts of errors are the catalogue's), and carried out: one change of the
// org, all or nothing, which spreads as any other does. Both doors, SOAP and REST,
// lead to the same requests.
package deploy
