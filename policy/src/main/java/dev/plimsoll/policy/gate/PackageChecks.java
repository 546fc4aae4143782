package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.Word;

/// How the trigger `metadata` of the gate `packages` compares: texts, and versions, which have an order too.
final class PackageChecks {

    private PackageChecks() {}

    enum Operation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        GREATER,
        AT_MOST,
        AT_LEAST,
        LIKE,
        NOT_LIKE,
        IN,
        NOT_IN
    }

    enum TextCheck implements Word {
        EQUAL("=", Operation.EQUAL),
        NOT_EQUAL("!=", Operation.NOT_EQUAL),
        LIKE("like", Operation.LIKE),
        NOT_LIKE("not_like", Operation.NOT_LIKE),
        IN("in", Operation.IN),
        NOT_IN("not_in", Operation.NOT_IN);

        private final String word;
        final Operation operation;

        TextCheck(String word, Operation operation) {
            this.word = word;
            this.operation = operation;
        }

        @Override
        public String word() {
            return word;
        }
    }

    enum VersionCheck implements Word {
        EQUAL("=", Operation.EQUAL),
        NOT_EQUAL("!=", Operation.NOT_EQUAL),
        LESS("<", Operation.LESS),
        GREATER(">", Operation.GREATER),
        AT_MOST("<=", Operation.AT_MOST),
        AT_LEAST(">=", Operation.AT_LEAST),
        LIKE("like", Operation.LIKE),
        NOT_LIKE("not_like", Operation.NOT_LIKE),
        IN("in", Operation.IN),
        NOT_IN("not_in", Operation.NOT_IN);

        private final String word;
        final Operation operation;

        VersionCheck(String word, Operation operation) {
            this.word = word;
            this.operation = operation;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
