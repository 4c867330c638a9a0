package records

import "slices"

// standardObjects are the objects of every org, with the fields that clients ask for.
var standardObjects = []Object{
	{Name: "Account", Label: "Account", Plural: "Accounts", KeyPrefix: "001", Fields: withSystemFields(
		required(text("Name", "Account Name", 255)),
		pick("Type", "Account Type"),
		reference("ParentId", "Parent Account ID", "Account", "Parent"),
		typed("BillingStreet", "Billing Street", TextArea, 255),
		text("BillingCity", "Billing City", 40),
		text("BillingState", "Billing State/Province", 80),
		text("BillingPostalCode", "Billing Zip/Postal Code", 20),
		text("BillingCountry", "Billing Country", 80),
		typed("Phone", "Account Phone", Phone, 40),
		typed("Website", "Website", URL, 255),
		text("AccountNumber", "Account Number", 40),
		pick("Industry", "Industry"),
		typed("AnnualRevenue", "Annual Revenue", Currency, 0),
		typed("NumberOfEmployees", "Employees", Int, 0),
		typed("Description", "Account Description", TextArea, 32000),
		reference("OwnerId", "Owner ID", "User", "Owner"),
		externalID(),
	)},
	{Name: "Contact", Label: "Contact", Plural: "Contacts", KeyPrefix: "003", Fields: withSystemFields(
		reference("AccountId", "Account ID", "Account", "Account"),
		required(text("LastName", "Last Name", 80)),
		text("FirstName", "First Name", 40),
		readOnly(text("Name", "Full Name", 121)),
		typed("Phone", "Business Phone", Phone, 40),
		typed("MobilePhone", "Mobile Phone", Phone, 40),
		typed("Email", "Email", Email, 80),
		text("Title", "Title", 128),
		text("Department", "Department", 80),
		typed("Birthdate", "Birthdate", Date, 0),
		text("MailingCity", "Mailing City", 40),
		text("MailingCountry", "Mailing Country", 80),
		typed("HasOptedOutOfEmail", "Email Opt Out", Boolean, 0),
		typed("Description", "Contact Description", TextArea, 32000),
		reference("OwnerId", "Owner ID", "User", "Owner"),
		externalID(),
	)},
	{Name: "Opportunity", Label: "Opportunity", Plural: "Opportunities", KeyPrefix: "006", Fields: withSystemFields(
		reference("AccountId", "Account ID", "Account", "Account"),
		required(text("Name", "Name", 120)),
		required(pick("StageName", "Stage")),
		typed("Amount", "Amount", Currency, 0),
		typed("Probability", "Probability (%)", Percent, 0),
		required(typed("CloseDate", "Close Date", Date, 0)),
		pick("Type", "Opportunity Type"),
		pick("LeadSource", "Lead Source"),
		readOnly(typed("IsClosed", "Closed", Boolean, 0)),
		readOnly(typed("IsWon", "Won", Boolean, 0)),
		typed("Description", "Description", TextArea, 32000),
		reference("OwnerId", "Owner ID", "User", "Owner"),
		externalID(),
	)},
	{Name: "Organization", Label: "Organization", Plural: "Organizations", KeyPrefix: "00D", ReadOnly: true, Fields: withSystemFields(
		text("Name", "Name", 80),
		text("Country", "Country", 80),
		pick("LanguageLocaleKey", "Language"),
		pick("TimeZoneSidKey", "Time Zone"),
		pick("DefaultLocaleSidKey", "Locale"),
		typed("TrialExpirationDate", "Trial Expiration Date", DateTime, 0),
		text("NamespacePrefix", "Namespace Prefix", 15),
		pick("OrganizationType", "Edition"),
		text("InstanceName", "Instance Name", 5),
		typed("IsSandbox", "Is Sandbox", Boolean, 0),
	)},
	{Name: "Profile", Label: "Profile", Plural: "Profile", KeyPrefix: "00e", ReadOnly: true, Fields: withSystemFields(
		text("Name", "Name", 255),
		pick("UserType", "User Type"),
		text("Description", "Description", 255),
	)},
	{Name: "User", Label: "User", Plural: "Users", KeyPrefix: "005", ReadOnly: true, Fields: withSystemFields(
		text("Username", "Username", 80),
		text("LastName", "Last Name", 80),
		text("FirstName", "First Name", 40),
		text("Name", "Full Name", 121),
		text("Alias", "Alias", 8),
		text("CommunityNickname", "Nickname", 40),
		typed("Email", "Email", Email, 128),
		typed("IsActive", "Active", Boolean, 0),
		pick("UserType", "User Type"),
		pick("TimeZoneSidKey", "Time Zone"),
		pick("LocaleSidKey", "Locale"),
		pick("EmailEncodingKey", "Email Encoding"),
		pick("LanguageLocaleKey", "Language"),
		reference("ProfileId", "Profile ID", "Profile", "Profile"),
	)},
}

func typed(name, label string, t FieldType, length int) Field {
	return Field{Name: name, Label: label, Type: t, Length: length}
}

func text(name, label string, length int) Field { return typed(name, label, Text, length) }

func pick(name, label string) Field { return typed(name, label, Picklist, 255) }

func reference(name, label, to, relationship string) Field {
	return Field{Name: name, Label: label, Type: Reference, Length: 18, ReferenceTo: to, Relationship: relationship}
}

// externalID lets an upsert be tried on every object that takes records.
func externalID() Field {
	return Field{Name: "ExternalId__c", Label: "External ID", Type: Text, Length: 255, ExternalID: true}
}

func required(f Field) Field {
	f.Required = true
	return f
}

func readOnly(f Field) Field {
	f.ReadOnly = true
	return f
}

// withSystemFields puts the fields around the object's own that every object has.
func withSystemFields(fields ...Field) []Field {
	system := []Field{
		{Name: "CreatedDate", Label: "Created Date", Type: DateTime},
		{Name: "CreatedById", Label: "Created By ID", Type: Reference, Length: 18, ReferenceTo: "User", Relationship: "CreatedBy"},
		{Name: "LastModifiedDate", Label: "Last Modified Date", Type: DateTime},
		{Name: "LastModifiedById", Label: "Last Modified By ID", Type: Reference, Length: 18, ReferenceTo: "User", Relationship: "LastModifiedBy"},
		{Name: "SystemModstamp", Label: "System Modstamp", Type: DateTime},
	}
	for i := range system {
		system[i].Required, system[i].ReadOnly = true, true
	}
	first := []Field{
		{Name: "Id", Label: "Record ID", Type: ID, Length: 18, Required: true, ReadOnly: true},
		{Name: "IsDeleted", Label: "Deleted", Type: Boolean, Required: true, ReadOnly: true},
	}
	return slices.Concat(first, fields, system)
}
