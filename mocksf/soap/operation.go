package soap

import (
	"slices"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// operation is one call of the API.
type operation struct {
	name   string
	params []string
	// result is the type of its results in the WSDL; empty if there is none.
	result string
	// several says that parameters and results repeat.
	several bool
	// login needs no session, and is gone from version 65.0 on.
	login  bool
	answer func(*call) exchange.Answer
}

func (o *operation) takes(param string) bool { return slices.Contains(o.params, param) }

// operations are the calls that the fake serves, of both APIs.
var operations = []operation{
	{name: "login", params: []string{"username", "password"}, login: true},
	{name: "logout", answer: logout},
	{name: "getUserInfo", result: "GetUserInfoResult", answer: getUserInfo},
	{name: "getServerTimestamp", result: "GetServerTimestampResult", answer: getServerTimestamp},
	{name: "describeGlobal", result: "DescribeGlobalResult", answer: describeGlobal},
	{name: "describeSObject", params: []string{"sObjectType"}, result: "DescribeSObjectResult", answer: describeSObject},
	{name: "describeSObjects", params: []string{"sObjectType"}, result: "DescribeSObjectResult", several: true, answer: describeSObjects},
	{name: "query", params: []string{"queryString"}, result: "QueryResult", answer: query(false)},
	{name: "queryAll", params: []string{"queryString"}, result: "QueryResult", answer: query(true)},
	{name: "queryMore", params: []string{"queryLocator"}, result: "QueryResult", answer: queryMore},
}

// paramOccurs and resultOccurs are what the WSDL says of the number of elements.
func (o *operation) paramOccurs() string {
	if o.several {
		return ` minOccurs="0" maxOccurs="100"`
	}
	return ""
}

func (o *operation) resultOccurs() string {
	if o.several {
		return ` minOccurs="0" maxOccurs="100"`
	}
	return ` nillable="true"`
}
