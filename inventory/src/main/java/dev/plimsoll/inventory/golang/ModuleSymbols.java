package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.program.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which functions a program holds of each of the modules that it was built from. Used once, by one thread.
final class ModuleSymbols implements FunctionTable.Taker {

    /// Of every program's own runtime; a table without it is none of a whole program.
    private static final String RUNTIME = "runtime";

    private static final String MAIN = "main";

    /// In functions of one module, a power of two; a large program has some hundred thousand of all modules.
    static final int MAX_FUNCTIONS = 1 << 20;

    /// The functions of one module.
    private static final class Functions {

        private int[] hashes = new int[64];
        private int count;

        /// Drops doubles where room is needed; what is over the limit then is not taken.
        void add(int hash) {
            if (count == hashes.length) {
                makeRoom();
            }
            if (count < hashes.length) {
                hashes[count++] = hash;
            }
        }

        private void makeRoom() {
            Arrays.sort(hashes);
            count = 0;
            for (var each : hashes) {
                if (count == 0 || hashes[count - 1] != each) {
                    hashes[count++] = each;
                }
            }
            if (count > hashes.length / 2 && hashes.length < MAX_FUNCTIONS) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            }
        }

        boolean isFull() {
            return count >= MAX_FUNCTIONS;
        }

        int[] all() {
            return Arrays.copyOf(hashes, count);
        }
    }

    /// A package: where its functions go, and how their names begin there.
    ///
    /// @param functions of the module; of nothing that is kept where the package is of no known module
    private record PackageFunctions(Functions functions, String path) {}

    private final Map<String, Functions> modules = new HashMap<>();
    private final Functions library = new Functions();
    private final Functions nowhere = new Functions();
    private final Map<String, PackageFunctions> packages = new HashMap<>();
    private final String mainPath;

    private byte[] lastName = new byte[0];
    private int lastStop;
    private PackageFunctions last = new PackageFunctions(nowhere, "");

    /// @param paths of the modules, as importers write them
    /// @param mainPath of the main package
    ModuleSymbols(Collection<String> paths, String mainPath) {
        paths.forEach(path -> modules.put(path, new Functions()));
        this.mainPath = mainPath;
    }

    /// Reads the program's table of functions.
    ///
    /// @throws FunctionTable.UnreadableException where it cannot be said which functions the program holds
    void read(Program program) throws IOException, FunctionTable.UnreadableException {
        FunctionTable.names(program, this);
        if (library.isFull() || modules.values().stream().anyMatch(Functions::isFull)) {
            throw new FunctionTable.UnreadableException("a module has over " + MAX_FUNCTIONS + " functions");
        }
        if (!packages.containsKey(RUNTIME)) {
            throw new FunctionTable.UnreadableException("the table of functions does not name the runtime's");
        }
    }

    /// The functions of a module, by the path that importers write; an empty path for the standard library.
    ///
    /// @param platforms as {@link GoSymbols#platforms()} has it
    GoSymbols of(String path, Set<String> platforms) {
        var functions = path.isEmpty() ? library : modules.getOrDefault(path, nowhere);
        return GoSymbols.of(platforms, functions.all());
    }

    @Override
    public void name(byte[] bytes, int start, int end) {
        var stop = FunctionName.endOfPath(bytes, start, end);
        if (stop < 0) {
            return;
        }
        var item = packageOf(bytes, start, stop);
        if (item.functions() == nowhere) {
            return;
        }
        for (var symbol : FunctionName.symbols(new String(bytes, stop + 1, end - stop - 1, StandardCharsets.UTF_8))) {
            item.functions().add(hash(item.path(), symbol));
        }
    }

    private static int hash(String path, String symbol) {
        var whole = (path + "." + symbol).getBytes(StandardCharsets.UTF_8);
        return GoSymbols.hash(whole, whole.length);
    }

    /// Names of a package often follow each other.
    private PackageFunctions packageOf(byte[] bytes, int start, int stop) {
        if (lastStop == stop - start && Arrays.equals(bytes, start, stop, lastName, 0, lastStop)) {
            return last;
        }
        var written = new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
        last = packages.computeIfAbsent(written, this::packageOf);
        lastName = Arrays.copyOfRange(bytes, start, stop);
        lastStop = stop - start;
        return last;
    }

    private PackageFunctions packageOf(String written) {
        var path = FunctionName.path(written);
        if (path.equals(MAIN)) {
            path = mainPath;
        }
        for (var module = path; !module.isEmpty(); module = module.substring(0, Math.max(0, module.lastIndexOf('/')))) {
            var functions = modules.get(module);
            if (functions != null) {
                return of(functions, path.substring(Math.min(path.length(), module.length() + 1)));
            }
        }
        return isOfLibrary(path) ? of(library, path) : new PackageFunctions(nowhere, "");
    }

    private static PackageFunctions of(Functions functions, String path) {
        functions.add(hash(path, ""));
        return new PackageFunctions(functions, path);
    }

    /// A package outside the standard library has a name of a host before it.
    private static boolean isOfLibrary(String path) {
        var slash = path.indexOf('/');
        var first = slash < 0 ? path : path.substring(0, slash);
        return first.indexOf('.') < 0 && first.indexOf(':') < 0;
    }
}
