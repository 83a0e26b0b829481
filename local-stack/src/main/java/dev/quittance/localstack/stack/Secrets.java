package dev.quittance.localstack.stack;

import dev.quittance.localstack.database.Login;
import dev.quittance.localstack.database.Slice;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What nobody else may know, made once for a state folder and kept in a file that only its owner reads. */
public final class Secrets {
    private static final int SECRET_BYTES = 24;
    private static final String SUPERUSER = "postgres.superuser";
    private static final String WEBHOOK = "stripe.webhook.secret";
    private static final String STRIPE_KEY = "stripe.api.key";
    private static final String PEPPER = "voucher.pepper";
    private static final String DOWNLOADS = "download.key";
    private static final String PRIVATE_KEY = "jwt.private.key";
    private static final String PUBLIC_KEY = "jwt.public.key";

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** Reads the file, or makes it. */
    public static Secrets open(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                write(file, generate(random));
            }
            Properties values = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            }
            return new Secrets(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String superuserPassword() {
        return value(SUPERUSER);
    }

    public Map<Slice, Login> logins() {
        return Arrays.stream(Slice.values())
                .collect(
                        Collectors.toMap(Function.identity(), slice -> new Login(slice.login(), value(slice.login()))));
    }

    /** {@code whsec_...} */
    public String webhookSecret() {
        return value(WEBHOOK);
    }

    /** What the simulator accepts. */
    public String stripeApiKey() {
        return value(STRIPE_KEY);
    }

    public String voucherPepper() {
        return value(PEPPER);
    }

    /** What links to downloads are signed with; a folder that was made before there was one keeps it for as long as a process lives. */
    public Optional<String> downloadKey() {
        return Optional.ofNullable(values.getProperty(DOWNLOADS));
    }

    /** EC P-256, for tokens. */
    public KeyPair tokenKey() {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            Base64.Decoder decoder = Base64.getDecoder();
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(decoder.decode(value(PUBLIC_KEY)))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(value(PRIVATE_KEY)))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the token key is unreadable", e);
        }
    }

    private String value(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "the secrets file lacks " + name + "; ./quittance up --fresh makes a new one");
        }
        return value;
    }

    private static Properties generate(SecureRandom random) {
        Properties values = new Properties();
        values.setProperty(SUPERUSER, hex(random));
        for (Slice slice : Slice.values()) {
            values.setProperty(slice.login(), hex(random));
        }
        values.setProperty(WEBHOOK, "whsec_" + hex(random));
        values.setProperty(STRIPE_KEY, "sk_test_" + hex(random));
        values.setProperty(PEPPER, hex(random));
        values.setProperty(DOWNLOADS, hex(random));
        KeyPair key = newKey(random);
        Base64.Encoder encoder = Base64.getEncoder();
        values.setProperty(PRIVATE_KEY, encoder.encodeToString(key.getPrivate().getEncoded()));
        values.setProperty(PUBLIC_KEY, encoder.encodeToString(key.getPublic().getEncoded()));
        return values;
    }

    private static KeyPair newKey(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void write(Path file, Properties values) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(draft)) {
            values.store(writer, "Of this machine only. Delete nothing here: the data folder was made with it.");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
