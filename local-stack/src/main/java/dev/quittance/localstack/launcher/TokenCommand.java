package dev.quittance.localstack.launcher;

import dev.quittance.localstack.identity.TokenIssuer;
import dev.quittance.localstack.stack.LocalStack;
import dev.quittance.localstack.stack.StateFolder;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a token with which a user calls the services. */
@Command(name = "token", description = "Print a token of a user.")
final class TokenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "USER_ID", description = "The user's UUID.")
    private UUID user = new UUID(0, 0);

    @Override
    public Integer call() {
        StateFolder state = RunningStack.state();
        TokenIssuer tokens = LocalStack.tokens(state, RunningStack.environment());
        System.out.println(tokens.userToken(user));
        return 0;
    }
}
