package dev.quittance.voucher.batch;

import dev.quittance.voucher.code.CodeDigests;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** What exports are signed with: an Ed25519 key that follows from the pepper, so that there is no other secret to keep. */
@Singleton
final class ExportKey {
    private static final String PURPOSE = "quittance voucher export signature v1";

    private final KeyPair pair;
    private final String publicJwk;
    private final String id;

    ExportKey(CodeDigests digests) {
        this.pair = pair(digests.derive(PURPOSE));
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            this.id = jwk.calculateBase64urlEncodedThumbprint("SHA-256");
            jwk.setKeyId(id);
            jwk.setUse("sig");
            this.publicJwk = jwk.toJson(OutputControlLevel.PUBLIC_ONLY);
            if (!(jwk instanceof OctetKeyPairJsonWebKey)) {
                throw new IllegalStateException("not an Ed25519 key");
            }
        } catch (JoseException e) {
            throw new IllegalStateException("the signing key has no public form", e);
        }
    }

    PrivateKey privateKey() {
        return pair.getPrivate();
    }

    String id() {
        return id;
    }

    /** For whoever checks the signature. */
    String publicJwk() {
        return publicJwk;
    }

    // The JDK makes an Ed25519 key of 32 random bytes and nothing else, and computes the public half only then.
    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /** Gives what it was given. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
