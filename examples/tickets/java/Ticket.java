import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A payout ticket: who is paid what, signed by your server. Nothing but Java's own library, 17 or newer. */
public class Ticket {
    static String mint(Map<String, Object> claims, String secret, String audience, long seconds)
            throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(secret); // the secret is base64: its bytes sign, not its characters
        long now = Instant.now().getEpochSecond();
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.putAll(Map.of("aud", audience, "iat", now, "exp", now + seconds));
        String signed = base64url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64url(json(all).getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return signed + "." + base64url(mac.doFinal(signed.getBytes(UTF_8)));
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Texts and whole numbers are all that a ticket needs; take your JSON library if you have one. */
    static String json(Map<String, Object> claims) {
        return claims.entrySet().stream()
                .map(claim -> quote(claim.getKey()) + ":"
                        + (claim.getValue() instanceof Number number ? number : quote((String) claim.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String quote(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\' || c < ' ' || c > '~'
                        ? String.format("\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    public static void main(String[] arguments) throws GeneralSecurityException {
        Map<String, Object> claims = Map.of(
                "sub", "courier-7", // who is paid, in your words
                "ref", "week-2026-47/courier-7", // what is paid: one reference is paid once, for ever
                "amount", 425_000, // kopecks, a whole number
                "currency", "RUB",
                "full_name", "Иванов Иван Иванович",
                "description", "Услуги курьера, договор \"15/К\", без НДС");
        System.out.println(mint(claims, System.getenv("TICKET_SECRET"), System.getenv("TICKET_AUDIENCE"), 600));
    }
}
