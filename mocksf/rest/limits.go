package rest

import "github.com/sfconform/sfconform/mocksf/exchange"

type limit struct {
	Max       int
	Remaining int
}

// quotas are the limits of an Enterprise Edition org that nothing counts against
// in the fake, by the names of the REST API guide. The daily API requests stand
// where their Max is counted.
var quotas = []struct {
	name string
	max  int
}{
	{"ActiveScratchOrgs", 40},
	{"AnalyticsExternalDataSizeMB", 40960},
	{"ConcurrentAsyncGetReportInstances", 200},
	{"ConcurrentSyncReportRuns", 20},
	{dailyAPIRequests, counted},
	{"DailyAsyncApexExecutions", 250000},
	{"DailyBulkApiBatches", 15000},
	{"DailyBulkV2QueryFileStorageMB", 976562},
	{"DailyBulkV2QueryJobs", 10000},
	{"DailyDurableGenericStreamingApiEvents", 200000},
	{"DailyDurableStreamingApiEvents", 200000},
	{"DailyGenericStreamingApiEvents", 200000},
	{"DailyScratchOrgs", 80},
	{"DailyStandardVolumePlatformEvents", 25000},
	{"DailyStreamingApiEvents", 200000},
	{"DailyWorkflowEmails", 1000},
	{"DataStorageMB", 10240},
	{"DurableStreamingApiConcurrentClients", 1000},
	{"FileStorageMB", 10240},
	{"HourlyAsyncReportRuns", 1200},
	{"HourlyDashboardRefreshes", 200},
	{"HourlyDashboardResults", 5000},
	{"HourlyDashboardStatuses", 999999999},
	{"HourlyODataCallout", 20000},
	{"HourlyPublishedPlatformEvents", 250000},
	{"HourlySyncReportRuns", 500},
	{"HourlyTimeBasedWorkflow", 1000},
	{"MassEmail", 5000},
	{"Package2VersionCreates", 6},
	{"SingleEmail", 5000},
	{"StreamingApiConcurrentClients", 1000},
}

const (
	dailyAPIRequests = "DailyApiRequests"
	counted          = -1
)

func (a *api) limits(r *exchange.Request, x *access) exchange.Answer {
	var list exchange.Object
	for _, q := range quotas {
		l := limit{q.max, q.max}
		if q.max == counted {
			l.Max = r.Org.Settings.DailyAPIRequests
			l.Remaining = l.Max - x.used
		}
		list = append(list, exchange.Member{Name: q.name, Value: l})
	}
	return exchange.JSON(list)
}
