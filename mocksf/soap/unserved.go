package soap

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// unservedOperations are those of the real API that the fake does not carry out (SOAP
// API guide, Core Calls, Describe Calls and Utility Calls).
var unservedOperations = []string{
	"changeOwnPassword", "convertLead", "create", "delete", "deleteByExample", "describeAllTabs", "describeAppMenu",
	"describeApprovalLayout", "describeAvailableQuickActions", "describeCompactLayouts", "describeDataCategoryGroupStructures",
	"describeDataCategoryGroups", "describeDataCategoryMappings", "describeGlobalTheme", "describeKnowledgeSettings",
	"describeLayout", "describeNouns", "describePathAssistants", "describePrimaryCompactLayouts", "describeQuickActions",
	"describeQuickActionsForRecordType", "describeSObjectListViews", "describeSearchLayouts", "describeSearchScopeOrder",
	"describeSearchableEntities", "describeSoftphoneLayout", "describeSoqlListViews", "describeTabs", "describeTheme",
	"describeVisualForce", "emptyRecycleBin", "executeListView", "findDuplicates", "findDuplicatesByIds", "getDeleted",
	"getUpdated", "invalidateSessions", "merge", "performQuickActions", "process", "renderEmailTemplate",
	"renderStoredEmailTemplate", "resetPassword", "retrieve", "retrieveMassQuickActionTemplates",
	"retrieveQuickActionTemplates", "search", "sendEmail", "sendEmailMessage", "setPassword", "undelete", "update", "upsert",
}

// unserved says whether the call is one that the real API would answer.
func (c *call) unserved() bool {
	name := c.envelope.operation.name
	return c.api != fixtures.MetadataAPI && name.Space == namespaces[c.api] && slices.Contains(unservedOperations, name.Local)
}
