package dev.quittance.voucher.batch;

import java.security.PublicKey;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Codes on their way out: signed by us (JWS, EdDSA), then encrypted to whoever gets them (JWE, ECDH-ES on P-256, A256GCM), as
 * RFC 7516 has it, so that nothing of ours is needed to open them.
 */
final class Export {
    private Export() {}

    /** The recipient's public key; null when it is none on P-256. */
    static @Nullable PublicKey recipient(String jwk) {
        try {
            return JsonWebKey.Factory.newJwk(jwk) instanceof EllipticCurveJsonWebKey key
                            && key.getCurveName().equals("P-256")
                    ? key.getPublicKey()
                    : null;
        } catch (JoseException | RuntimeException _) {
            return null;
        }
    }

    static String signedAndEncrypted(String csv, ExportKey signer, PublicKey recipient) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
            signed.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA));
            signed.setKeyIdHeaderValue(signer.id());
            signed.setHeader("cty", "text/csv");
            signed.setKey(signer.privateKey());
            signed.setPayload(csv);
            JsonWebEncryption encrypted = new JsonWebEncryption();
            encrypted.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.ECDH_ES);
            encrypted.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
            encrypted.setContentTypeHeaderValue("JWT");
            encrypted.setKey(recipient);
            encrypted.setPayload(signed.getCompactSerialization());
            return encrypted.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("codes could not be signed and encrypted", e);
        }
    }
}
