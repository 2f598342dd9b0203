import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/graphiql.css";
import { createRoot } from "react-dom/client";

const fetcher = createGraphiQLFetcher({ url: "/graphql" });

createRoot(document.getElementById("graphiql")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultEditorToolsVisibility="headers"
    shouldPersistHeaders={false}
    defaultQuery={document.getElementById("first-query").textContent}
    defaultHeaders={document.getElementById("first-headers").textContent}
  />,
);
