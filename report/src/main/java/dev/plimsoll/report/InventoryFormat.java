package dev.plimsoll.report;

import dev.plimsoll.inventory.serial.InventoryWriter;
import java.io.IOException;
import java.io.OutputStream;

/// The inventory's own serial form: judged again with `inventory:FILE`, it gives the same verdict.
public final class InventoryFormat implements ReportFormat {

    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public String description() {
        return "all facts; inventory:FILE judges them again without the image";
    }

    @Override
    public void write(Result result, Presentation presentation, OutputStream out) throws IOException {
        InventoryWriter.write(result.inventory(), out);
    }
}
