import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Logs in with the JDK's own HttpClient and prints the user name that it reads of its
 * own user: {@code java Login.java client-credentials|jwt-bearer [LOGIN_URL]}
 *
 * <p>The settings are the SF_* variables. LOGIN_URL is another place to log in, and
 * JWT bearer's audience there: https://login.salesforce.com.
 */
class Login {
    private static final Map<String, String> ENV = System.getenv();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        String loginUrl = args.length > 1 ? args[1] : ENV.get("SF_LOGIN_URL");
        String audience = args.length > 1 ? args[1] : ENV.get("SF_AUDIENCE");
        String session = args[0].equals("jwt-bearer") ? jwtBearer(loginUrl, audience) : clientCredentials(loginUrl);
        String soql = "SELECT Username FROM User WHERE Username = '" + ENV.get("SF_USERNAME") + "'";
        String answer = send(request(field(session, "instance_url") + "/services/data/v67.0/query?" + form(Map.of("q", soql)))
                .header("Authorization", "Bearer " + field(session, "access_token")));
        System.out.println(field(answer, "Username"));
    }

    private static String clientCredentials(String loginUrl) throws Exception {
        return post(loginUrl, Map.of(
                "grant_type", "client_credentials",
                "client_id", ENV.get("SF_CLIENT_ID"),
                "client_secret", ENV.get("SF_CLIENT_SECRET")));
    }

    private static String jwtBearer(String loginUrl, String audience) throws Exception {
        return post(loginUrl, Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "assertion", assertion(audience)));
    }

    private static String assertion(String audience) throws IOException, GeneralSecurityException {
        String claims = String.format("{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}",
                ENV.get("SF_CLIENT_ID"), ENV.get("SF_USERNAME"), audience, Instant.now().getEpochSecond() + 180);
        String signed = base64url("{\"alg\":\"RS256\"}".getBytes(UTF_8)) + "." + base64url(claims.getBytes(UTF_8));
        String pem = Files.readString(Path.of(ENV.get("SF_PRIVATE_KEY_FILE"))).replaceAll("-----[A-Z ]+-----", "");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64url(signature.sign());
    }

    private static String base64url(byte[] data) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }

    private static String post(String loginUrl, Map<String, String> parameters) throws Exception {
        return send(request(loginUrl + "/services/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(parameters))));
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.body());
        }
        return response.body();
    }

    /** The JDK reads no JSON: this is the first value of a field that holds plain text. */
    private static String field(String json, String name) throws IOException {
        var value = Pattern.compile('"' + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!value.find()) {
            throw new IOException("no " + name + " in the answer");
        }
        return value.group(1);
    }
}
