# Three images of one program, for x64 and arm64 alike:
#   runtime   the embedded service, and api and worker of the scaled set-up; no compiler, no browser
#   crawler   the same with Chromium and Chinese fonts, for the scaled set-up's crawler
FROM node:20-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
# Native modules are compiled here, against the headers that this Node came with: nothing is fetched for one processor.
ENV npm_config_build_from_source=true \
    npm_config_nodedir=/usr/local
WORKDIR /src
COPY package.json package-lock.json ./
# In a layer of their own, which a change of the program does not throw away.
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3 nodejieba
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY bin ./bin
COPY config ./config
COPY crawlers ./crawlers
COPY dashboards ./dashboards
COPY pipeline ./pipeline
COPY review-api ./review-api
COPY test/campus ./test/campus
# Whatever modes the checkout had: another user runs it.
RUN npm run build && npm prune --omit=dev --ignore-scripts && chmod -R a+rX /src

FROM node:20-bookworm-slim AS runtime
ENV NODE_ENV=production \
    GUANLAN_DATA=/data \
    GUANLAN_KEYS=/keys \
    GUANLAN_HOST=0.0.0.0 \
    GUANLAN_PORT=3000
# Made here, so that a fresh volume belongs to the user that writes to it.
RUN install -d -o node -g node -m 0700 /data /keys
WORKDIR /app
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/bin/guanlan.js ./bin/
COPY --from=build /src/dist ./dist
COPY --from=build /src/dashboards/dist ./dashboards/dist
COPY --from=build /src/config/channels.yaml /src/config/units.yaml /src/config/governance.yaml ./config/
COPY --from=build /src/config/lexicons ./config/lexicons
USER node
VOLUME ["/data", "/keys"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.GUANLAN_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/guanlan.js"]
CMD ["start"]

FROM runtime AS crawler
USER root
RUN apt-get update \
 && apt-get install -y --no-install-recommends chromium fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
USER node
# The container shuts the browser in, and its default rules forbid Chromium to do so itself.
ENV GUANLAN_OPS_PORT=9464 GUANLAN_CHROMIUM_SANDBOX=off
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.GUANLAN_OPS_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["crawl"]

# Last, so that a plain `docker build .` makes the image without a browser.
FROM runtime
