/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The map beside the list, with MapLibre GL and nothing from outside.
 *
 * The style is built here: paper, distance rings round the town's centre, names of towns and
 * districts and the offers, clustered. Names, rings' labels and clusters are HTML markers, so no
 * glyphs, sprites or tiles are fetched. A town that has its own tile server says so in data-
 * attributes (data-map-raster, or data-map-style-url with a MapLibre style of the same origin).
 *
 * Needs a Content-Security-Policy with worker-src 'self', img-src 'self' data: blob:,
 * connect-src 'self': that is why the CSP build of MapLibre and its separate worker are used.
 * What the data looks like: ui/README.md, "Map".
 */
"use strict";

(function () {
    var KM_PER_DEGREE = 111.32;
    var RINGS_KM = [2, 5, 10, 20];

    /* Loads one script or sheet of our own origin; resolves when it is there. */
    function load(tag, attributes) {
        return new Promise(function (resolve, reject) {
            var node = Object.assign(document.createElement(tag), attributes);
            node.onload = resolve;
            node.onerror = function () {
                reject(new Error("cannot load " + (attributes.src || attributes.href)));
            };
            document.head.append(node);
        });
    }

    /* A colour token of the page as a value that MapLibre understands: canvas speaks every notation. */
    function token(name) {
        var pen = document.createElement("canvas").getContext("2d");
        pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
        return pen.fillStyle;
    }

    function ring(centre, km) {
        var line = [];
        var perLon = KM_PER_DEGREE * Math.cos((centre[1] * Math.PI) / 180);
        for (var i = 0; i <= 90; i++) {
            var angle = (i / 90) * 2 * Math.PI;
            line.push([
                centre[0] + (km * Math.sin(angle)) / perLon,
                centre[1] + (km * Math.cos(angle)) / KM_PER_DEGREE
            ]);
        }
        return { type: "Feature", properties: { km: km }, geometry: { type: "LineString", coordinates: line } };
    }

    function collection(features) {
        return { type: "FeatureCollection", features: features };
    }

    function ofKind(data, kinds) {
        return data.features.filter(function (f) {
            return kinds.indexOf(f.properties.kind) >= 0;
        });
    }

    function baseLayers(node, style) {
        if (node.dataset.mapRaster) {
            style.sources.base = {
                type: "raster",
                tiles: [new URL(node.dataset.mapRaster, location.href).href
                    .replace(/%7B/g, "{").replace(/%7D/g, "}")],
                tileSize: 256,
                attribution: node.dataset.mapCredit || ""
            };
            style.layers.push({ id: "base", type: "raster", source: "base" });
        }
    }

    function makeStyle(node, data, centre) {
        var style = {
            version: 8,
            sources: {
                areas: { type: "geojson", data: collection(ofKind(data, ["area", "district", "town"])) },
                rings: { type: "geojson", data: collection(RINGS_KM.map(ring.bind(null, centre))) },
                offers: {
                    type: "geojson",
                    data: collection(ofKind(data, ["offer"])),
                    cluster: true,
                    clusterRadius: 46,
                    clusterMaxZoom: 15
                }
            },
            layers: [{ id: "paper", type: "background", paint: { "background-color": token("--t-surface") } }]
        };
        baseLayers(node, style);
        style.layers.push(
            { id: "area", type: "fill", source: "areas", filter: ["==", ["geometry-type"], "Polygon"],
                paint: { "fill-color": token("--t-tint"), "fill-outline-color": token("--t-line-strong") } },
            { id: "halo", type: "circle", source: "areas", filter: ["==", ["get", "kind"], "district"],
                paint: { "circle-color": token("--t-tint-line"), "circle-opacity": 0.45, "circle-blur": 0.6,
                    "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 8, 10, 11, 42, 14, 240] } },
            { id: "rings", type: "line", source: "rings",
                paint: { "line-color": token("--t-line-strong"), "line-width": 1, "line-dasharray": [3, 4], "line-opacity": 0.6 } },
            { id: "offers", type: "circle", source: "offers", paint: { "circle-radius": 1, "circle-opacity": 0 } }
        );
        return style;
    }

    function label(text, className) {
        var node = document.createElement("div");
        node.className = className;
        node.textContent = text;
        node.setAttribute("aria-hidden", "true");
        return node;
    }

    function putNames(map, data) {
        return ofKind(data, ["district", "town"]).map(function (f) {
            var kind = f.properties.kind;
            var node = label(f.properties.name, "t-map__name t-map__name--" + kind);
            new maplibregl.Marker({ element: node }).setLngLat(f.geometry.coordinates).addTo(map);
            return { node: node, town: kind === "town" };
        });
    }

    function putRingLabels(map, centre) {
        RINGS_KM.forEach(function (km) {
            new maplibregl.Marker({ element: label(km + "\u00a0km", "t-map__ring") })
                .setLngLat([centre[0], centre[1] - km / KM_PER_DEGREE]).addTo(map);
        });
    }

    /* Names that would lie on each other give way: towns first, then in the order of the data. */
    function thinNames(names) {
        var taken = [];
        names.forEach(function (name) {
            name.node.style.visibility = "";
            var box = name.node.getBoundingClientRect();
            var hit = taken.some(function (other) {
                return box.left < other.right && other.left < box.right &&
                    box.top < other.bottom && other.top < box.bottom;
            });
            name.node.style.visibility = hit ? "hidden" : "";
            if (!hit) {
                taken.push(box);
            }
        });
    }

    /* The card under the map: the chosen offers as links. */
    function showCard(node, features, opener) {
        var old = node.querySelector(".t-map__card");
        if (old) {
            old.remove();
        }
        var card = document.createElement("div");
        card.className = "t-map__card";
        var close = document.createElement("button");
        close.type = "button";
        close.className = "t-map__close";
        close.append(Object.assign(document.createElement("span"), { className: "t-icon t-icon--cross" }));
        close.setAttribute("aria-label", node.dataset.textClose);
        var list = document.createElement("ul");
        features.forEach(function (f) {
            var item = document.createElement("li");
            var link = document.createElement("a");
            link.href = f.properties.url;
            link.textContent = f.properties.title;
            item.append(link, document.createElement("br"), f.properties.organisation || "");
            list.append(item);
        });
        function hide() {
            card.remove();
            opener.focus();
        }
        close.addEventListener("click", hide);
        card.addEventListener("keydown", function (event) {
            if (event.key === "Escape") {
                hide();
            }
        });
        card.append(close, list);
        node.append(card);
        list.querySelector("a").focus();
    }

    function openCluster(map, node, feature, button) {
        var source = map.getSource("offers");
        var id = feature.properties.cluster_id;
        source.getClusterExpansionZoom(id).then(function (zoom) {
            if (zoom <= 15 && feature.properties.point_count > 6) {
                map.easeTo({ center: feature.geometry.coordinates, zoom: zoom });
                return;
            }
            source.getClusterLeaves(id, 50, 0).then(function (leaves) {
                showCard(node, leaves, button);
            });
        });
    }

    function dot(map, node, feature) {
        var p = feature.properties;
        var button = document.createElement("button");
        button.type = "button";
        button.className = "t-map__dot";
        if (p.cluster) {
            button.textContent = p.point_count;
            button.classList.toggle("t-map__dot--many", p.point_count > 9);
            button.setAttribute("aria-label", p.point_count + " " + node.dataset.textOffers);
        } else {
            button.classList.add("t-map__dot--one");
            button.setAttribute("aria-label", p.title);
        }
        button.addEventListener("click", function () {
            if (p.cluster) {
                openCluster(map, node, feature, button);
            } else {
                showCard(node, [feature], button);
            }
        });
        return new maplibregl.Marker({ element: button }).setLngLat(feature.geometry.coordinates);
    }

    /* Keeps one button for each cluster and offer in sight; buttons that stay are not rebuilt. */
    function putDots(map, node, shown) {
        var next = {};
        map.querySourceFeatures("offers").forEach(function (feature) {
            var key = feature.properties.cluster
                ? "c" + feature.properties.cluster_id
                : "o" + feature.properties.id;
            if (!next[key]) {
                next[key] = shown[key] || dot(map, node, feature).addTo(map);
            }
        });
        Object.keys(shown).forEach(function (key) {
            if (!next[key]) {
                shown[key].remove();
            }
        });
        return next;
    }

    function fit(map, data, centre) {
        var bounds = new maplibregl.LngLatBounds(centre, centre);
        ofKind(data, ["offer", "district"]).forEach(function (f) {
            bounds.extend(f.geometry.coordinates);
        });
        map.fitBounds(bounds, { padding: 48, maxZoom: 13, animate: false });
    }

    function begin(node, data) {
        var set = node.dataset;
        var centre = [Number(set.mapLon), Number(set.mapLat)];
        var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        maplibregl.setWorkerUrl(new URL(set.mapWorker, location.href).href);
        var map = new maplibregl.Map({
            container: node,
            style: set.mapStyleUrl || makeStyle(node, data, centre),
            center: centre,
            zoom: Number(set.mapZoom) || 11,
            minZoom: 5,
            attributionControl: false,
            dragRotate: false,
            fadeDuration: still ? 0 : 200,
            locale: {
                "NavigationControl.ZoomIn": set.textZoomIn,
                "NavigationControl.ZoomOut": set.textZoomOut,
                "Map.Title": set.textMap
            }
        });
        map.touchZoomRotate.disableRotation();
        map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
        map.addControl(new maplibregl.ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
        if (set.mapCredit) {
            map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: set.mapCredit }));
        }
        fit(map, data, centre);
        putRingLabels(map, centre);
        var names = putNames(map, data).sort(function (a, b) { return b.town - a.town; });
        var shown = {};
        map.on("load", function () {
            map.on("render", function () {
                if (map.isSourceLoaded("offers")) {
                    shown = putDots(map, node, shown);
                }
            });
            map.on("moveend", function () { thinNames(names); });
            thinNames(names);
        });
    }

    function start(node) {
        var set = node.dataset;
        node.classList.add("t-map--on");
        Promise.all([
            fetch(set.map, { headers: { Accept: "application/geo+json" } }).then(function (reply) {
                if (!reply.ok) {
                    throw new Error("map data: " + reply.status);
                }
                return reply.json();
            }),
            load("link", { rel: "stylesheet", href: set.mapStyle }),
            load("script", { src: set.mapLib })
        ]).then(function (got) {
            begin(node, got[0]);
        }).catch(function (error) {
            node.classList.remove("t-map--on"); /* the list says it all */
            console.warn(error);
        });
    }

    document.querySelectorAll("[data-map]").forEach(start);
})();
