package dev.quittance.deploy.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** {@code ./quittance images}: all five images as tars, on a machine without a daemon. */
public final class Images {
    private static final int MISUSED = 2;

    private Images() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(Path.of(System.getProperty("quittance.root", "")).toAbsolutePath(), List.of(arguments)));
    }

    static int run(Path root, List<String> arguments) throws InterruptedException {
        if (arguments.contains("--help")) {
            System.out.print(ImageOptions.USAGE);
            return 0;
        }
        try {
            ImageOptions options = ImageOptions.parse(root, arguments);
            ImageTar tar = new ImageTar(options);
            for (Image image : all(root)) {
                Path written = tar.write(image);
                System.out.printf("%s:%s  %d MiB  %s%n", image.name(), options.version(), mebibytes(written), written);
            }
            return 0;
        } catch (IllegalArgumentException | InvalidImageReferenceException e) {
            System.err.println("images: " + e.getMessage());
            return MISUSED;
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            System.err.println(
                    "images: " + cause.getMessage() + " (" + cause.getClass().getSimpleName() + ")");
            return 1;
        }
    }

    private static List<Image> all(Path root) {
        List<Image> all = new ArrayList<>();
        Image.SERVICES.forEach(service -> all.add(Image.service(root, service)));
        all.add(Image.migrations(root));
        return all;
    }

    private static long mebibytes(Path file) throws IOException {
        return Files.size(file) >> 20;
    }
}
