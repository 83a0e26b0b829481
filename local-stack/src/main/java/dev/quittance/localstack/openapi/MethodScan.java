package dev.quittance.localstack.openapi;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one method does, as far as problems go: whom it calls, with which texts, and which problems it names or makes. The texts
 * and numbers of a statement are remembered until the statement ends; that is enough for code that names its problems by literals.
 */
final class MethodScan {
    /** Before the name of an enum whose {@code code()} was asked: any of its codes. */
    static final String ANY_OF = "@";

    /** What a code looks like; details are sentences and have spaces. */
    private static final Pattern CODE = Pattern.compile("@.+|[A-Za-z]+(_[A-Za-z0-9{}]+)*");

    private static final int STATUS_MIN = 400;
    private static final int STATUS_MAX = 599;
    private static final String CONSTRUCTOR = "<init>";

    private final ProblemStyle style;
    private final String type;
    private final List<Call> calls = new ArrayList<>();
    private final Set<ProblemCode> problems = new TreeSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> fieldsRead = new HashSet<>();
    private final Map<String, ProblemCode> fieldsWritten = new TreeMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private @Nullable Integer openStatus;
    private @Nullable ProblemCode last;

    MethodScan(ProblemStyle style) {
        this.style = style;
        this.type = style.typeName();
    }

    /**
     * @param code the code among the texts that were at hand, if there was one
     */
    record Call(MethodKey callee, Optional<String> code) {}

    List<Call> calls() {
        return calls;
    }

    Set<ProblemCode> problems() {
        return problems;
    }

    /** Every text in it. */
    Set<String> words() {
        return words;
    }

    /** Static problems that are used, as owner and name. */
    Set<String> fieldsRead() {
        return fieldsRead;
    }

    Map<String, ProblemCode> fieldsWritten() {
        return fieldsWritten;
    }

    /** Of a method that makes a problem whose code its caller says: the status. */
    @Nullable
    Integer openStatus() {
        return openStatus;
    }

    void leaveOpen(int status) {
        openStatus = status;
    }

    void read(CodeModel code) {
        for (CodeElement element : code) {
            switch (element) {
                case ConstantInstruction constant -> push(constant.constantValue());
                case FieldInstruction field -> field(field);
                case InvokeDynamicInstruction dynamic -> dynamic(dynamic);
                case InvokeInstruction invoke -> invoke(invoke);
                case NewObjectInstruction made -> {
                    if (isProblem(made.className().asInternalName())) {
                        endStatement();
                    }
                }
                case BranchInstruction _, ReturnInstruction _, StoreInstruction _, ThrowInstruction _ -> endStatement();
                default -> {
                    // Neither names a problem nor ends a statement.
                }
            }
        }
    }

    private void push(ConstantDesc constant) {
        if (constant instanceof String text) {
            texts.add(text);
            words.add(text);
        } else if (constant instanceof Integer number && number >= STATUS_MIN && number <= STATUS_MAX) {
            numbers.add(number);
        }
    }

    private void endStatement() {
        texts.clear();
        numbers.clear();
    }

    private boolean isProblem(String name) {
        return name.equals(type);
    }

    private void field(FieldInstruction field) {
        String owner = field.owner().asInternalName();
        String name = field.name().stringValue();
        if (style.isEnum()) {
            @Nullable Integer status = style.statuses().get(name);
            if (isProblem(owner) && field.opcode() == Opcode.GETSTATIC && status != null) {
                problems.add(new ProblemCode(status, name));
            }
        } else if (field.typeSymbol().descriptorString().equals("L" + type + ";")) {
            if (field.opcode() == Opcode.GETSTATIC) {
                fieldsRead.add(owner + "." + name);
            } else if (field.opcode() == Opcode.PUTSTATIC && last != null) {
                fieldsWritten.put(owner + "." + name, last);
            }
        }
    }

    private void dynamic(InvokeDynamicInstruction dynamic) {
        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle) {
                String owner = handle.owner().descriptorString();
                calls.add(new Call(
                        new MethodKey(
                                owner.substring(1, owner.length() - 1), handle.methodName(), handle.lookupDescriptor()),
                        code()));
            }
        }
        // A text that is put together: what is not known of it stands in braces.
        if (dynamic.name().stringValue().startsWith("makeConcat")
                && !dynamic.bootstrapArgs().isEmpty()
                && dynamic.bootstrapArgs().getFirst() instanceof String recipe) {
            texts.add(recipe.replace("\u0001", "{name}"));
        }
    }

    private void invoke(InvokeInstruction invoke) {
        String owner = invoke.owner().asInternalName();
        String name = invoke.name().stringValue();
        if (isProblem(owner) && name.equals(CONSTRUCTOR) && !style.isEnum()) {
            made();
            return;
        }
        if (name.equals("code") && invoke.typeSymbol().descriptorString().equals("()Ljava/lang/String;")) {
            texts.add(ANY_OF + owner);
        }
        calls.add(new Call(new MethodKey(owner, name, invoke.typeSymbol().descriptorString()), code()));
    }

    private void made() {
        if (numbers.isEmpty()) {
            return;
        }
        int status = numbers.getFirst();
        code().ifPresentOrElse(
                        code -> {
                            last = new ProblemCode(status, code);
                            problems.add(last);
                        },
                        () -> leaveOpen(status));
        endStatement();
    }

    private Optional<String> code() {
        return texts.stream().filter(text -> CODE.matcher(text).matches()).findFirst();
    }
}
