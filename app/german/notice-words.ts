/** What is said of each kind of later notice. */
import type { NoticeKind } from "../domain/notice.ts";

export const noticeHints: Record<NoticeKind, string> = {
  amendment:
    "Ein Änderungsbescheid ändert die Bedingungen oder den Kosten- und Finanzierungsplan von einem Tag an. Vorgeschlagen ist, was jetzt gilt.",
  reallocation:
    "Eine Umwidmung verschiebt bewilligtes Geld zwischen Kostenpositionen; die Summe bleibt. Der Sockelbetrag bleibt bei seiner Schule.",
  final:
    "Der Schlussbescheid setzt die Zuwendung endgültig fest. Danach wird nichts mehr bestellt oder in Rechnung gestellt; was nicht ausgegeben ist, wird im Kontingent wieder frei. Was schon abgerufen ist und darüber liegt, wird zurückgefordert.",
  revocation:
    "Ein Widerruf nimmt die Zuwendung ganz oder zum Teil zurück. Was schon abgerufen ist und darüber liegt, wird zurückgefordert.",
};
