/** The register of personal fields (Art. 30 DSGVO), as an office reads it; the fields themselves by their names. */
import { personalData } from "#app/domain/personal-data.ts";
import { personalDataWords } from "#app/german/personal-data-words.ts";
import { Facts, Section } from "./page.tsx";

export function PersonalDataRegister() {
  return (
    <Section title="Verzeichnis der Angaben über Personen">
      <p className="kern-body">
        Schulen werden gezählt, nie Schülerinnen, Schüler, Eltern oder Lehrkräfte genannt. Was das
        Programm verlässt: Mails an die Person selbst, Dateien an den eingestellten Speicher, die
        Frage an das Verzeichnis und Exporte. Ältere Sicherungen enthalten Namen, bis sie enden.
      </p>
      {personalData.map(({ key, columns }) => {
        const { what, purpose, basis, kept, end, protection } = personalDataWords[key];
        return (
          <section key={key} className="register-entry" aria-labelledby={`kind-${key}`}>
            <h3 className="kern-heading-small" id={`kind-${key}`}>
              {what}
            </h3>
            <Facts
              facts={[
                ["Zweck", purpose],
                ["Grundlage", basis],
                ["Bis wann", kept],
                ["Danach", end],
                ["Schutz", protection],
              ]}
            />
            <details>
              <summary className="kern-label">{columns.length} Felder der Datenbank</summary>
              <ul className="field-names">
                {columns.map((column) => (
                  <li key={column}>
                    <code>{column}</code>
                  </li>
                ))}
              </ul>
            </details>
          </section>
        );
      })}
    </Section>
  );
}
