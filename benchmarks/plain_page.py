"""The same job the usual way, written for comparison only: pandas reads the workbook in every run
and Plotly draws the timeline.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

BOOK = os.environ["AAA_WORKBOOK"]

st.set_page_config(page_title="Asser Ambitie Agenda", layout="wide")
sheets = pd.read_excel(BOOK, sheet_name=None)
activities, costs = sheets["Activiteiten"], sheets["Kostenraming"]

with st.sidebar:
    themes = st.multiselect("Thema", list(activities["Thema"].dropna().unique()))
    states = st.multiselect("Status", list(activities["Status"].dropna().unique()))
if themes:
    activities = activities[activities["Thema"].isin(themes)]
if states:
    activities = activities[activities["Status"].isin(states)]

st.title("Asser Ambitie Agenda 2025")
total = pd.to_numeric(costs["Totaal"], errors="coerce").sum()
for column, (name, value) in zip(
    st.columns(4),
    {
        "Activiteiten": len(activities),
        "Afgerond": int((activities["Status"] == "Afgerond").sum()),
        "Oranje of rood": int(activities["Oordeel"].isin(["Oranje", "Rood"]).sum()),
        "Kostenraming": f"€ {total:,.0f}",
    }.items(),
    strict=True,
):
    column.metric(name, str(value))

quarters = activities["Periode"].fillna("").astype(str).str.findall(r"[1-4]")
bars = activities.assign(
    start=[pd.Timestamp(2025, 3 * int(q[0]) - 2, 1) if q else pd.NaT for q in quarters],
    end=[pd.Timestamp(2025, 3 * int(q[-1]), 28) if q else pd.NaT for q in quarters],
).dropna(subset=["start"])
figure = px.timeline(
    bars,
    x_start="start",
    x_end="end",
    y="Activiteit",
    color="Thema",
    hover_data=["Nr", "Status", "Partners"],
)
figure.update_yaxes(autorange="reversed")
figure.update_layout(height=max(400, 26 * len(bars)))
st.plotly_chart(figure)
st.plotly_chart(px.bar(costs, x="Kostenpost", y=["Dekking gemeente", "Dekking partners"]))
st.dataframe(activities)
